using EdgeGateway.Hub.Connections.Sessions;

namespace EdgeGateway.Hub.Tests.Connections.Sessions;

public sealed class TimersTests
{
    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 10_000)]
    [InlineData(10_000, 10_000)]
    [InlineData(10_001, 20_000)]
    [InlineData(-10_000, -10_000)]
    public void RoundUp_Ticks_GivesWholeMilliseconds(long ticks, long expected) =>
        Timers.RoundUp(TimeSpan.FromTicks(ticks)).Ticks.Should().Be(expected);
}
