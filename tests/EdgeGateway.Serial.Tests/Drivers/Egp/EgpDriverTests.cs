using EdgeGateway.Serial.Drivers;
using EdgeGateway.Serial.Drivers.Egp;
using EdgeGateway.Serial.Links;
using EdgeGateway.Serial.Protocol.Frames;
using EdgeGateway.Serial.Protocol.Messages;
using EdgeGateway.Testing;
using Microsoft.Extensions.Logging.Abstractions;

namespace EdgeGateway.Serial.Tests.Drivers.Egp;

public sealed class EgpDriverTests : IAsyncLifetime
{
    private static readonly CancellationToken None = CancellationToken.None;
    private static readonly FirmwareTarget Target = new("Contoso", "MCU-A", "2.0.0");

    private readonly InMemoryLink _gateway;
    private readonly InMemoryLink _far;
    private readonly MemoryImage _image = new([.. Enumerable.Range(0, 3000).Select(i => (byte)(i * 7))]);
    private McuBus? _bus;

    public EgpDriverTests() => (_gateway, _far) = InMemoryLink.CreatePair();

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        if (_bus is not null)
        {
            await _bus.DisposeAsync();
        }

        await _far.DisposeAsync();
    }

    [Fact]
    public async Task IdentifyAsync_NodeAnswers_GivesItsFacts()
    {
        await using var node = Node((type, _) => type == FrameType.Hello ? ScriptedNode.Info.ToBody() : null);
        await using var driver = await ConnectAsync();
        var facts = await driver.IdentifyAsync(None);
        facts.SerialNumber.Should().Be("SN1");
        facts.RunningVersion.Should().Be("1.0.0");
        facts.SlotSize.Should().Be(65536);
        facts.RunningDigest.Should().Be(Sha256Digest.Of([1]));
    }

    [Fact]
    public async Task IdentifyAsync_NothingAnswers_IsSilentAfterFourTries()
    {
        var time = new VirtualTime();
        await using var node = Node((_, _) => null);
        await using var driver = await ConnectAsync(time);
        var identify = driver.IdentifyAsync(None);
        await time.RunUntilAsync(identify);
        (await Failure(() => identify)).Should().Be(McuFailure.Silent);
        node.Heard.Should().HaveCount(4).And.AllBeEquivalentTo(FrameType.Hello);
        node.Sequences.Distinct().Should().HaveCount(1, "a repeated command keeps its sequence");
    }

    [Fact]
    public async Task IdentifyAsync_GarbageComesBack_IsGarbled()
    {
        var time = new VirtualTime();
        await using var node = Node((_, _) => null);
        await using var driver = await ConnectAsync(time);
        await node.WriteAsync("login: \0who?\0"u8.ToArray());
        var identify = driver.IdentifyAsync(None);
        await time.RunUntilAsync(identify);
        (await Failure(() => identify)).Should().Be(McuFailure.Garbled);
    }

    [Fact]
    public async Task IdentifyAsync_NoVersionInCommon_IsNotSupported()
    {
        await using var node = Node((_, _) => (ScriptedNode.Info with { Version = 0 }).ToBody());
        await using var driver = await ConnectAsync();
        (await Failure(() => driver.IdentifyAsync(None))).Should().Be(McuFailure.NotSupported);
    }

    [Fact]
    public async Task IdentifyAsync_TwoSerialNumbersAtOneAddress_IsAConflict()
    {
        ScriptedNode? node = null;
        await using var first = node = Node((type, body) =>
        {
            _ = node!.WriteAsync(
                new FrameHeader(1, type, node.Sequences[^1], FromNode: true), (ScriptedNode.Info with { SerialNumber = "SN2" }).ToBody());
            return ScriptedNode.Info.ToBody();
        });
        await using var driver = await ConnectAsync(halfDuplex: true);
        (await Failure(() => driver.IdentifyAsync(None))).Should().Be(McuFailure.AddressConflict);
    }

    [Fact]
    public async Task PingAsync_OthersAndOwnEchoOnTheBus_ArePassedOver()
    {
        ScriptedNode? node = null;
        await using var first = node = Node((type, body) =>
        {
            var sequence = node!.Sequences[^1];
            _ = node.WriteAsync(new FrameHeader(1, type, sequence, Ask: true), []); // echo
            _ = node.WriteAsync(new FrameHeader(9, type, sequence, FromNode: true), new HeartbeatBody(1, 0, 0, 1).ToBody());
            return new HeartbeatBody(90, BootState.Trial, 1, 4).ToBody();
        });
        await using var driver = await ConnectAsync(halfDuplex: true);
        (await driver.PingAsync(None)).Should().Be(new Heartbeat(TimeSpan.FromSeconds(90), BootState.Trial, 4));
    }

    [Theory]
    [InlineData(ResultCode.WrongTarget, McuFailure.WrongTarget)]
    [InlineData(ResultCode.TooLarge, McuFailure.TooLarge)]
    [InlineData(ResultCode.VersionRefused, McuFailure.Refused)]
    [InlineData(ResultCode.SignatureRefused, McuFailure.Refused)]
    [InlineData(ResultCode.NotSupported, McuFailure.NotSupported)]
    [InlineData(ResultCode.Malformed, McuFailure.ProtocolViolation)]
    [InlineData((ResultCode)99, McuFailure.ProtocolViolation)]
    public async Task OfferAsync_Refused_SaysWhy(ResultCode result, McuFailure failure)
    {
        await using var node = Node((_, _) => ScriptedNode.Status(result, SessionState.None));
        await using var driver = await ConnectAsync();
        (await Failure(() => driver.OfferAsync(_image, Target, None))).Should().Be(failure);
    }

    [Theory]
    [InlineData(true, 1000)]
    [InlineData(false, 0)]
    public async Task OfferAsync_PartialHeld_ResumesOnlyIfItsCrcIsOurs(bool same, long expected)
    {
        var prefix = new byte[1000];
        _image.Read(0, prefix);
        var crc = Crc32C.Of(prefix) ^ (same ? 0u : 1u);
        await using var node = Node((_, _) =>
            new Status { Result = ResultCode.Ok, Session = SessionState.Offered, Next = 1000, PrefixCrc = crc }.ToBody());
        await using var driver = await ConnectAsync();
        (await driver.OfferAsync(_image, Target, None)).Should().Be(expected);
    }

    [Fact]
    public async Task VerifyAsync_BusyThenOk_PollsUntilDone()
    {
        var polls = 0;
        await using var node = Node((type, _) =>
            ScriptedNode.Status(type == FrameType.Verify || ++polls < 3 ? ResultCode.Busy : ResultCode.Ok));
        await using var driver = await ConnectAsync();
        await driver.VerifyAsync(None);
        polls.Should().Be(3);
    }

    [Fact]
    public async Task VerifyAsync_BusyThenWrong_FailsWithTheLastResult()
    {
        await using var node = Node((type, _) =>
            ScriptedNode.Status(type == FrameType.Verify ? ResultCode.Busy : ResultCode.DigestMismatch));
        await using var driver = await ConnectAsync();
        (await Failure(() => driver.VerifyAsync(None))).Should().Be(McuFailure.DigestMismatch);
    }

    [Fact]
    public async Task ActivateAsync_NoAnswer_LeavesItToIdentification()
    {
        var time = new VirtualTime();
        await using var node = Node((_, _) => null);
        await using var driver = await ConnectAsync(time);
        var activate = driver.ActivateAsync(TimeSpan.FromSeconds(60), None);
        await time.RunUntilAsync(activate);
        await activate;
    }

    [Fact]
    public async Task ActivateAsync_Refused_Throws()
    {
        await using var node = Node((_, _) => ScriptedNode.Status(ResultCode.WrongState));
        await using var driver = await ConnectAsync();
        (await Failure(() => driver.ActivateAsync(TimeSpan.FromSeconds(60), None))).Should().Be(McuFailure.SessionLost);
    }

    [Fact]
    public async Task TransferAsync_NodeLosesItsSession_SaysSo()
    {
        await using var node = Node((type, _) => type switch
        {
            FrameType.Hello => ScriptedNode.Info.ToBody(),
            FrameType.Start => ScriptedNode.Status(ResultCode.Ok, limit: 1024),
            _ => ScriptedNode.Status(ResultCode.WrongState, SessionState.None),
        });
        await using var driver = await ConnectAsync();
        (await Failure(() => driver.TransferAsync(_image, 0, null, None))).Should().Be(McuFailure.SessionLost);
    }

    [Fact]
    public async Task TransferAsync_StatusThatMakesNoSense_IsAViolation()
    {
        await using var node = Node((type, _) => type switch
        {
            FrameType.Hello => ScriptedNode.Info.ToBody(),
            FrameType.Start => ScriptedNode.Status(ResultCode.Ok, limit: 1024),
            _ => [1, 2, 3],
        });
        await using var driver = await ConnectAsync();
        (await Failure(() => driver.TransferAsync(_image, 0, null, None))).Should().Be(McuFailure.ProtocolViolation);
    }

    [Fact]
    public async Task TransferAsync_LineUnplugged_FailsWithTheLinkAndTheNextConnectOpensItAgain()
    {
        await using var node = Node((type, _) =>
        {
            if (type == FrameType.Data)
            {
                _gateway.Unplug();
            }

            return type switch
            {
                FrameType.Hello => ScriptedNode.Info.ToBody(),
                FrameType.Start => ScriptedNode.Status(ResultCode.Ok, limit: 1024),
                FrameType.Ping => new HeartbeatBody(1, 0, 0, 1).ToBody(),
                _ => null,
            };
        });
        await using (var driver = await ConnectAsync())
        {
            var transfer = () => driver.TransferAsync(_image, 0, null, None);
            (await transfer.Should().ThrowAsync<LinkException>()).Which.Failure.Should().Be(LinkFailure.Unplugged);
        }

        _gateway.Plug();
        await using var again = await Port().ConnectAsync(None);
        (await again.PingAsync(None)).Uptime.Should().Be(TimeSpan.FromSeconds(1));
    }

    [Fact]
    public async Task TransferAsync_Cancelled_EndsAndFreesTheBus()
    {
        using var cancel = new CancellationTokenSource();
        await using var node = Node((type, _) =>
        {
            if (type == FrameType.Data)
            {
                cancel.Cancel();
            }

            return type switch
            {
                FrameType.Hello => ScriptedNode.Info.ToBody(),
                FrameType.Start => ScriptedNode.Status(ResultCode.Ok, limit: 1024),
                FrameType.Abort => ScriptedNode.Status(ResultCode.Ok, SessionState.None),
                _ => null,
            };
        });
        await using (var driver = await ConnectAsync())
        {
            var transfer = () => driver.TransferAsync(_image, 0, null, cancel.Token);
            await transfer.Should().ThrowAsync<OperationCanceledException>();
            await driver.AbortAsync(None);
        }

        await using var next = await Port().ConnectAsync(None).WaitAsync(TimeSpan.FromSeconds(30));
    }

    private ScriptedNode Node(Func<FrameType, byte[], byte[]?> answer) => new(_far, answer);

    private async Task<IMcuDriver> ConnectAsync(TimeProvider? time = null, bool halfDuplex = false)
    {
        _bus = new McuBus(_gateway, halfDuplex, time ?? TimeProvider.System);
        return await Port().ConnectAsync(None);
    }

    private EgpPort Port() => new(_bus!, 1, NullLogger<EgpDriver>.Instance);

    private static async Task<McuFailure> Failure(Func<Task> action) =>
        (await action.Should().ThrowAsync<McuException>()).Which.Failure;
}
