using EdgeGateway.Module.Settings;

namespace EdgeGateway.Module.Tests.Settings;

public sealed class RuntimeEnvironmentTests
{
    [Theory]
    [InlineData("debug", RuntimeLogLevel.Debug)]
    [InlineData("Warning", RuntimeLogLevel.Warning)]
    [InlineData("information", RuntimeLogLevel.Info)]
    [InlineData("loud", null)]
    [InlineData("3", null)]
    [InlineData(null, null)]
    public void From_RuntimeLogLevel_IsTakenWhereKnown(string? text, RuntimeLogLevel? expected) =>
        RuntimeEnvironment.From(name => name == "RuntimeLogLevel" ? text : null).LogLevel.Should().Be(expected);
}
