using EdgeGateway.Simulators.Demo.Fleet;
using EdgeGateway.Simulators.Demo.Running;
using EdgeGateway.Simulators.Demo.Tests.Fleet;

namespace EdgeGateway.Simulators.Demo.Tests.Running;

public sealed class KillPointTests
{
    [Theory]
    [InlineData(29, false)]
    [InlineData(30, true)]
    [InlineData(70, true)]
    [InlineData(71, false)]
    public void IsReached_Percent_OnlyInTheMiddle(double percent, bool expected) =>
        KillPoint.IsReached(Some.Fleet(Some.Done("mcu-01"), Some.Transferring("mcu-02", percent))).Should().Be(expected);

    [Fact]
    public void IsReached_HalfDownloaded_IsNoTransfer() =>
        KillPoint.IsReached(Some.Fleet(Some.Transferring("mcu-01", 50) with { Twin = new McuTwin { Phase = "Downloading", Percent = 50 } }))
            .Should().BeFalse();
}
