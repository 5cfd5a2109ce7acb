using System.Buffers.Binary;
using EdgeGateway.Serial.Drivers;
using EdgeGateway.Serial.Drivers.Egp;
using EdgeGateway.Serial.Links;
using EdgeGateway.Serial.Protocol.Frames;
using EdgeGateway.Serial.Protocol.Messages;
using EdgeGateway.Testing;
using Microsoft.Extensions.Logging.Abstractions;

namespace EdgeGateway.Serial.Tests.Drivers.Egp;

/// <summary>RESET and IDENTIFY: wire-protocol.md 5.8.</summary>
public sealed class EgpOrdersTests : IAsyncLifetime
{
    private static readonly CancellationToken None = CancellationToken.None;

    private readonly InMemoryLink _gateway;
    private readonly InMemoryLink _far;
    private McuBus? _bus;

    public EgpOrdersTests() => (_gateway, _far) = InMemoryLink.CreatePair();

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
    public async Task RebootAsync_NodeAnswers_NamesTheBootCountItTold()
    {
        byte[]? order = null;
        await using var node = Node((type, body) => type == FrameType.Reset
            ? ScriptedNode.Status(ResultCode.Ok, SessionState.None, next: (order = body).Length)
            : new HeartbeatBody(1, 0, 0, 70_000).ToBody());
        await using var driver = await ConnectAsync();

        await driver.RebootAsync(None);

        node.Heard.Should().Equal(FrameType.Ping, FrameType.Reset);
        BinaryPrimitives.ReadUInt32LittleEndian(order).Should().Be(70_000);
        order.Should().HaveCount(4);
    }

    [Fact]
    public async Task RebootAsync_NoAnswerToTheOrder_IsTakenAsBooting()
    {
        var time = new VirtualTime();
        await using var node = Node((type, _) => type == FrameType.Ping ? new HeartbeatBody(1, 0, 0, 7).ToBody() : null);
        await using var driver = await ConnectAsync(time);

        var reboot = driver.RebootAsync(None);
        await time.RunUntilAsync(reboot);

        await reboot;
        node.Heard.Where(t => t == FrameType.Reset).Should().HaveCount(5);
        node.Heard.Zip(node.Sequences).Where(f => f.First == FrameType.Reset).Select(f => f.Second).Distinct()
            .Should().ContainSingle("a repeated command keeps its sequence");
    }

    [Fact]
    public async Task RebootAsync_NothingAnswersAtAll_IsSilentAndOrdersNothing()
    {
        var time = new VirtualTime();
        await using var node = Node((_, _) => null);
        await using var driver = await ConnectAsync(time);

        var reboot = driver.RebootAsync(None);
        await time.RunUntilAsync(reboot);

        (await FailureAsync(reboot)).Should().Be(McuFailure.Silent);
        node.Heard.Should().NotContain(FrameType.Reset);
    }

    [Theory]
    [InlineData(ResultCode.NotSupported, McuFailure.NotSupported)]
    [InlineData(ResultCode.WrongState, McuFailure.Refused)]
    [InlineData(ResultCode.Malformed, McuFailure.ProtocolViolation)]
    public async Task RebootAsync_Refused_SaysWhy(ResultCode result, McuFailure failure)
    {
        await using var node = Node((type, _) =>
            type == FrameType.Reset ? ScriptedNode.Status(result, SessionState.None) : new HeartbeatBody(1, 0, 0, 7).ToBody());
        await using var driver = await ConnectAsync();

        (await FailureAsync(driver.RebootAsync(None))).Should().Be(failure);
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(10, 10)]
    [InlineData(0.2, 1)]
    [InlineData(100_000, 65_535)]
    public async Task IndicateAsync_Always_SendsWholeSeconds(double seconds, int expected)
    {
        byte[]? order = null;
        await using var node = Node((_, body) => ScriptedNode.Status(ResultCode.Ok, SessionState.None, next: (order = body).Length));
        await using var driver = await ConnectAsync();

        await driver.IndicateAsync(TimeSpan.FromSeconds(seconds), None);

        node.Heard.Should().Equal(FrameType.Identify);
        order.Should().Equal(BitConverter.GetBytes((ushort)expected));
    }

    [Fact]
    public async Task IndicateAsync_NodeWithoutMeans_IsNotSupported()
    {
        await using var node = Node((_, _) => ScriptedNode.Status(ResultCode.NotSupported, SessionState.None));
        await using var driver = await ConnectAsync();

        (await FailureAsync(driver.IndicateAsync(TimeSpan.FromSeconds(1), None))).Should().Be(McuFailure.NotSupported);
    }

    private ScriptedNode Node(Func<FrameType, byte[], byte[]?> answer) => new(_far, answer);

    private async Task<IMcuDriver> ConnectAsync(TimeProvider? time = null)
    {
        _bus = new McuBus(_gateway, halfDuplex: false, time ?? TimeProvider.System);
        return await new EgpPort(_bus, 1, NullLogger<EgpDriver>.Instance).ConnectAsync(None);
    }

    private static async Task<McuFailure> FailureAsync(Task task) =>
        (await FluentActions.Awaiting(() => task).Should().ThrowAsync<McuException>()).Which.Failure;
}
