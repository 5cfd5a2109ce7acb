using EdgeGateway.Simulators.Demo.Deployment;

namespace EdgeGateway.Simulators.Demo.Tests.Deployment;

public sealed class NextVersionTests
{
    [Theory]
    [InlineData("2.0.0")]
    [InlineData("2.0.0", "", "factory", "1.0.0")]
    [InlineData("2.0.1", "2.0.0", "1.0.0")]
    [InlineData("2.0.10", "2.0.2", "2.0.9")]
    [InlineData("3.1.1", "3.1.0")]
    [InlineData("2.0.0", "3.1")]
    public void After_Running_IsOneThatNobodyRuns(string expected, params string[] running) =>
        NextVersion.After(running).Should().Be(Version.Parse(expected));
}
