using EdgeGateway.Serial.Protocol.Transfer;

namespace EdgeGateway.Serial.Tests.Protocol.Transfer;

public sealed class WireClockTests
{
    [Fact]
    public void Queue_BytesBehindOthers_LeaveAfterThem()
    {
        var wire = new WireClock(1000);
        wire.Queue(100, TimeSpan.Zero).Should().Be(TimeSpan.FromMilliseconds(100));
        wire.Queue(100, TimeSpan.FromMilliseconds(50)).Should().Be(TimeSpan.FromMilliseconds(200));
        wire.IsIdle(TimeSpan.FromMilliseconds(199)).Should().BeFalse();
        wire.Queue(100, TimeSpan.FromSeconds(1)).Should().Be(TimeSpan.FromMilliseconds(1100));
    }

    [Fact]
    public void Queue_UnknownRate_LeavesAtOnce()
    {
        var wire = new WireClock(null);
        wire.Queue(1_000_000, TimeSpan.FromSeconds(3)).Should().Be(TimeSpan.FromSeconds(3));
        wire.TimeOf(1_000_000).Should().Be(TimeSpan.Zero);
    }
}
