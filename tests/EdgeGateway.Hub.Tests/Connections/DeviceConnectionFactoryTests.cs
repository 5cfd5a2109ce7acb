using EdgeGateway.Hub.Connections;
using EdgeGateway.Hub.Identity;
using NSubstitute;

namespace EdgeGateway.Hub.Tests.Connections;

public sealed class DeviceConnectionFactoryTests
{
    private static readonly DeviceIdentity Own = new("edge", "gateway");

    [Theory]
    [InlineData(null, "contoso.azure-devices.net")]
    [InlineData("", "contoso.azure-devices.net")]
    [InlineData("edge01", "edge01")]
    public async Task Create_Device_ConnectsAsTheOptionsSay(string? gateway, string expected)
    {
        await using var env = new TestEnvironment();
        env.Options.GatewayHostName = gateway;
        env.Module.Current.Returns(Module());

        env.Connection.Start(env.Handler);
        await env.Hub.NextPeerAsync();

        env.Hub.LastEndpoint!.ConnectHost.Should().Be(expected);
        env.Hub.LastEndpoint.HostName.Should().Be("contoso.azure-devices.net");
    }

    [Theory]
    [InlineData(null, "own-edge")]
    [InlineData(" ", "own-edge")]
    [InlineData("edge01", "edge01")]
    public async Task Create_TheModuleItself_ConnectsToItsOwnGatewayUnlessTheOptionsNameOne(string? gateway, string expected)
    {
        await using var env = new TestEnvironment { Identity = Own with { ModelId = "dtmi:contoso:gateway;1" } };
        env.Options.GatewayHostName = gateway;
        env.Module.Current.Returns(Module());

        env.Connection.Start(env.Handler);
        await env.Hub.NextPeerAsync();

        env.Hub.LastEndpoint!.Should().Be(new HubEndpoint("own-hub", expected, 8883));
    }

    [Fact]
    public async Task Create_NoHubKnown_SaysWhatToSet()
    {
        await using var env = new TestEnvironment();
        env.Options.HostName = null;

        env.Invoking(e => e.Connection).Should().Throw<InvalidOperationException>().WithMessage("*HostName is not set*");
    }

    private static ModuleIdentity Module() => new(Own, "own-hub", "own-edge", Substitute.For<ITokenProvider>(), null);
}
