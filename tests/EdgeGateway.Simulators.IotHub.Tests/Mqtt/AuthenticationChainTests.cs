using EdgeGateway.Hub.Mqtt;
using EdgeGateway.Simulators.IotHub.Mqtt;
using EdgeGateway.Simulators.IotHub.Registry;
using EdgeGateway.Simulators.IotHub.Tests.Security;

namespace EdgeGateway.Simulators.IotHub.Tests.Mqtt;

public sealed class AuthenticationChainTests
{
    private static readonly IdentityName Leaf = new("leaf");

    [Fact]
    public void Parse_Chain_HasActorLast()
    {
        var chain = AuthenticationChain.Parse("leaf;below;top", Leaf);

        chain.Actor.Should().Be("top");
        chain.ToString().Should().Be("leaf;below;top");
    }

    [Theory]
    [InlineData("leaf")]
    [InlineData("other;top")]
    [InlineData("leaf;;top")]
    [InlineData("")]
    public void Parse_NoChainOfTheClient_IsRefused(string text) =>
        FluentActions.Invoking(() => AuthenticationChain.Parse(text, Leaf)).Should().Throw<FormatException>();

    [Theory]
    [InlineData("leaf", "leaf;below;top", "top", ConnectReturnCode.Accepted)]
    [InlineData("leaf", "leaf;below", "below", ConnectReturnCode.Accepted)]
    [InlineData("below/gateway", "below/gateway;below;top", "top", ConnectReturnCode.Accepted)]
    [InlineData("below/$edgeHub", "below/$edgeHub;below;top", "top", ConnectReturnCode.Accepted)]
    [InlineData("leaf", "leaf;top", "top", ConnectReturnCode.NotAuthorized)]
    [InlineData("leaf", "leaf;below;top", "below", ConnectReturnCode.NotAuthorized)]
    [InlineData("leaf", "leaf;other", "other", ConnectReturnCode.NotAuthorized)]
    [InlineData("below/gateway", "below/gateway;top", "top", ConnectReturnCode.NotAuthorized)]
    [InlineData("leaf", "leaf;absent", "top", ConnectReturnCode.NotAuthorized)]
    [InlineData("leaf", "below;top", "top", ConnectReturnCode.BadUserNameOrPassword)]
    public async Task Connect_OnBehalfOf_IsAcceptedByTheScopesOnly(string client, string chain, string tokenOf, ConnectReturnCode expected)
    {
        await using var environment = await HubEnvironment.StartAsync();
        var registry = environment.Hub.Registry;
        var below = registry.CreateEdgeDevice("below", registry.CreateEdgeDevice("top"));
        registry.CreateEdgeDevice("other");
        registry.CreateModule("below", "gateway");
        registry.CreateDevice("leaf", parent: below);
        var actor = registry.Get(new IdentityName(tokenOf));
        var token = new TokenMaker("localhost", environment.Time).Make(actor.Name.ResourcePath, actor.Record.PrimaryKey, TimeSpan.FromHours(1));
        await using var raw = await RawClient.OpenAsync(environment);

        var code = await raw.LoginAsync(
            registry.Get(IdentityName.FromClientId(client)!),
            password: token,
            userName: $"localhost/{client}/?api-version=2021-04-12&auth-chain={Uri.EscapeDataString(chain)}");

        code.Should().Be(expected);
    }

    [Fact]
    public async Task Connect_ActorDisabled_IsNotAuthorized()
    {
        await using var environment = await HubEnvironment.StartAsync();
        var registry = environment.Hub.Registry;
        var top = registry.CreateEdgeDevice("top");
        var leaf = registry.CreateDevice("leaf", parent: top);
        registry.Update(top.Name, new IdentityChange(Enabled: false), null);
        var token = new TokenMaker("localhost", environment.Time).Make("devices/top", top.Record.PrimaryKey, TimeSpan.FromHours(1));
        await using var raw = await RawClient.OpenAsync(environment);

        var code = await raw.LoginAsync(leaf, password: token, userName: "localhost/leaf/?api-version=2021-04-12&auth-chain=leaf%3Btop");

        code.Should().Be(ConnectReturnCode.NotAuthorized);
    }
}
