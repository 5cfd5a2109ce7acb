using EdgeGateway.Simulators.Demo.CommandLine;

namespace EdgeGateway.Simulators.Demo.Tests.CommandLine;

public sealed class TimeLimitTests
{
    [Fact]
    public void For_GivenTimeout_IsThat() =>
        TimeLimit.For(new DemoOptions { Timeout = TimeSpan.FromSeconds(5) }, 1_000_000).Should().Be(TimeSpan.FromSeconds(5));

    [Theory]
    [InlineData(115200, 1)]
    [InlineData(9600, 1)]
    [InlineData(115200, 8)]
    public void For_SlowLines_IsAtLeastThreeTimesTheBareTransfer(int baud, int bus)
    {
        const int Image = 400_000;
        var bare = TimeSpan.FromSeconds(Image * 10.0 / baud * bus);

        TimeLimit.For(new DemoOptions { Baud = baud, McusPerBus = bus }, Image)
            .Should().BeGreaterThan(bare * 3).And.BeLessThan((bare * 4) + TimeSpan.FromMinutes(5));
    }

    [Fact]
    public void For_Layers_GrantsTimeForEach() =>
        TimeLimit.For(new DemoOptions { Layers = 3 }, 1000).Should().BeGreaterThan(TimeLimit.For(new DemoOptions(), 1000));

    [Fact]
    public void For_KilledGateway_GrantsTimeForTheRestart() =>
        TimeLimit.For(new DemoOptions { KillGateway = true }, 1000).Should().BeGreaterThan(TimeLimit.For(new DemoOptions(), 1000));
}
