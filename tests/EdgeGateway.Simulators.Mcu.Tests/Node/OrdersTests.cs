using EdgeGateway.Serial;
using EdgeGateway.Serial.Protocol.Frames;
using EdgeGateway.Serial.Protocol.Messages;

namespace EdgeGateway.Simulators.Mcu.Tests.Node;

/// <summary>RESET and IDENTIFY: wire-protocol.md 5.8.</summary>
public sealed class OrdersTests
{
    private readonly NodeBench _bench = new();

    [Fact]
    public void Reset_ItsBootCount_RestartsOnceItHasAnswered()
    {
        _bench.Ask(FrameType.Reset, NodeBench.Number(1)).Result.Should().Be(ResultCode.Ok);
        _bench.Pass(TimeSpan.FromSeconds(1));

        _bench.Mcu.Snapshot.BootCount.Should().Be(2);
        _bench.Hello().Should().BeEquivalentTo(new { BootState = BootState.Confirmed, RunningVersion = "1.0.0" });
    }

    [Fact]
    public void Reset_RepeatedAfterTheRestart_DoesNothing()
    {
        _bench.TryAsk(FrameType.Reset, NodeBench.Number(1), out _, sequence: 9).Should().BeTrue();
        _bench.Pass(TimeSpan.FromSeconds(1));

        _bench.TryAsk(FrameType.Reset, NodeBench.Number(1), out var again, sequence: 9).Should().BeTrue();
        _bench.Pass(TimeSpan.FromSeconds(1));

        again[0].Should().Be((byte)ResultCode.Ok);
        _bench.Mcu.Snapshot.BootCount.Should().Be(2);
    }

    [Fact]
    public void Reset_OnTrial_IsRefusedAndTheTrialGoesOn()
    {
        _bench.Update(NodeBench.NewImage);

        _bench.Ask(FrameType.Reset, NodeBench.Number(2)).Result.Should().Be(ResultCode.WrongState);
        _bench.Pass(TimeSpan.FromSeconds(1));
        _bench.Hello().BootState.Should().Be(BootState.Trial);
        _bench.Confirm(NodeBench.NewImage).Result.Should().Be(ResultCode.Ok);
    }

    [Fact]
    public void Reset_InASession_LosesItAndKeepsThePartialImage()
    {
        _bench.Offer(NodeBench.OfferOf(NodeBench.NewImage));
        _bench.Start(0);
        for (var offset = 0; offset < 4096; offset += 512)
        {
            _bench.Data(NodeBench.NewImage, offset, 512);
        }

        _bench.Ask(FrameType.Reset, NodeBench.Number(1)).Result.Should().Be(ResultCode.Ok);
        _bench.Pass(TimeSpan.FromSeconds(1));

        _bench.Ask(FrameType.Poll).Result.Should().Be(ResultCode.WrongState);
        _bench.Offer(NodeBench.OfferOf(NodeBench.NewImage)).Next.Should().BeGreaterThan(0);
    }

    [Fact]
    public void Identify_Seconds_IsNoticedThatLong()
    {
        _bench.Ask(FrameType.Identify, 10, 0).Result.Should().Be(ResultCode.Ok);
        _bench.Mcu.IsNoticed(_bench.Now).Should().BeTrue();
        _bench.Mcu.IsNoticed(_bench.Now + TimeSpan.FromSeconds(9)).Should().BeTrue();
        _bench.Mcu.IsNoticed(_bench.Now + TimeSpan.FromSeconds(11)).Should().BeFalse();
    }

    [Fact]
    public void Identify_Zero_EndsIt()
    {
        _bench.Ask(FrameType.Identify, 10, 0);
        _bench.Ask(FrameType.Identify, 0, 0).Result.Should().Be(ResultCode.Ok);

        _bench.Mcu.IsNoticed(_bench.Now).Should().BeFalse();
    }

    [Theory]
    [InlineData(FrameType.Reset, 3)]
    [InlineData(FrameType.Identify, 1)]
    public void BodyTooShort_IsMalformed(FrameType type, int length)
    {
        _bench.Ask(type, new byte[length]).Result.Should().Be(ResultCode.Malformed);
        _bench.Pass(TimeSpan.FromSeconds(1));
        _bench.Mcu.Snapshot.BootCount.Should().Be(1);
    }

    [Theory]
    [InlineData(FrameType.Reset, 4)]
    [InlineData(FrameType.Identify, 2)]
    public void OldFirmware_IsNotSupported(FrameType type, int length)
    {
        _bench.Mcu.Faults.OldFirmware = true;

        _bench.Ask(type, new byte[length]).Result.Should().Be(ResultCode.NotSupported);
    }
}
