using EdgeGateway.Hub.Mqtt;
using EdgeGateway.Simulators.IotHub.Registry;
using EdgeGateway.Simulators.IotHub.Tests.Security;

namespace EdgeGateway.Simulators.IotHub.Tests.Mqtt;

public sealed class ClientAuthenticatorTests
{
    [Fact]
    public async Task Connect_EitherKey_IsAccepted()
    {
        await using var environment = await HubEnvironment.StartAsync();
        await using var first = await RawClient.OpenAsync(environment);
        await using var second = await RawClient.OpenAsync(environment);

        (await first.LoginAsync(environment.Device, key: environment.Device.Record.PrimaryKey)).Should().Be(ConnectReturnCode.Accepted);
        (await second.LoginAsync(environment.Device, key: environment.Device.Record.SecondaryKey)).Should().Be(ConnectReturnCode.Accepted);
        environment.Device.ModelId.Should().Be("dtmi:test;m;1");
        environment.Device.Statistics.Connects.Should().Be(2);
    }

    [Fact]
    public async Task Connect_Module_IsAccepted()
    {
        await using var environment = await HubEnvironment.StartAsync();
        var module = environment.Hub.Registry.CreateModule(HubEnvironment.DeviceId, "gateway");
        await using var client = await RawClient.OpenAsync(environment);

        (await client.LoginAsync(module)).Should().Be(ConnectReturnCode.Accepted);

        environment.Hub.Sessions.IsConnected(new IdentityName(HubEnvironment.DeviceId, "gateway")).Should().BeTrue();
        environment.Hub.Sessions.IsConnected(new IdentityName(HubEnvironment.DeviceId)).Should().BeFalse();
    }

    [Fact]
    public async Task Connect_WrongKey_IsNotAuthorized()
    {
        await using var environment = await HubEnvironment.StartAsync();
        await using var client = await RawClient.OpenAsync(environment);

        (await client.LoginAsync(environment.Device, key: SymmetricKey.New())).Should().Be(ConnectReturnCode.NotAuthorized);

        await client.ExpectClosedAsync();
        environment.Device.Statistics.Refusals.Should().Be(1);
        environment.Hub.Sessions.Count.Should().Be(0);
    }

    [Fact]
    public async Task Connect_ExpiredToken_IsNotAuthorized()
    {
        await using var environment = await HubEnvironment.StartAsync();
        await using var client = await RawClient.OpenAsync(environment);

        (await client.LoginAsync(environment.Device, life: TimeSpan.Zero)).Should().Be(ConnectReturnCode.NotAuthorized);
    }

    [Theory]
    [InlineData("devices/mcu-08")]
    [InlineData("devices/mcu-07/modules/gateway")]
    [InlineData("devices/mcu-0")]
    public async Task Connect_TokenForOtherResource_IsNotAuthorized(string resource)
    {
        await using var environment = await HubEnvironment.StartAsync();
        await using var client = await RawClient.OpenAsync(environment);
        var token = new TokenMaker("localhost", environment.Time).Make(resource, environment.Device.Record.PrimaryKey, TimeSpan.FromHours(1));

        (await client.LoginAsync(environment.Device, password: token)).Should().Be(ConnectReturnCode.NotAuthorized);
    }

    [Fact]
    public async Task Connect_TokenForOtherHub_IsNotAuthorized()
    {
        await using var environment = await HubEnvironment.StartAsync();
        await using var client = await RawClient.OpenAsync(environment);
        var token = new TokenMaker("other", environment.Time)
            .Make(environment.Device.Name.ResourcePath, environment.Device.Record.PrimaryKey, TimeSpan.FromHours(1));

        (await client.LoginAsync(environment.Device, password: token)).Should().Be(ConnectReturnCode.NotAuthorized);
    }

    [Fact]
    public async Task Connect_UnknownDevice_IsNotAuthorized()
    {
        await using var environment = await HubEnvironment.StartAsync();
        await using var client = await RawClient.OpenAsync(environment);
        environment.Hub.Registry.Delete(environment.Device.Name, null);

        (await client.LoginAsync(environment.Device)).Should().Be(ConnectReturnCode.NotAuthorized);
    }

    [Fact]
    public async Task Connect_DisabledDevice_IsNotAuthorized()
    {
        await using var environment = await HubEnvironment.StartAsync();
        await using var client = await RawClient.OpenAsync(environment);
        environment.Hub.Registry.Update(environment.Device.Name, new IdentityChange(Enabled: false), null);

        (await client.LoginAsync(environment.Device)).Should().Be(ConnectReturnCode.NotAuthorized);
    }

    [Theory]
    [InlineData("localhost/mcu-07/?DeviceClientType=x")]
    [InlineData("other/mcu-07/?api-version=2021-04-12")]
    [InlineData("localhost/mcu-08/?api-version=2021-04-12")]
    [InlineData("mcu-07")]
    public async Task Connect_WrongUserName_IsBadUserName(string userName)
    {
        await using var environment = await HubEnvironment.StartAsync();
        await using var client = await RawClient.OpenAsync(environment);

        (await client.LoginAsync(environment.Device, userName: userName)).Should().Be(ConnectReturnCode.BadUserNameOrPassword);
        await client.ExpectClosedAsync();
    }

    [Theory]
    [InlineData("secret")]
    [InlineData("SharedAccessSignature sr=localhost")]
    public async Task Connect_PasswordIsNoToken_IsBadPassword(string password)
    {
        await using var environment = await HubEnvironment.StartAsync();
        await using var client = await RawClient.OpenAsync(environment);

        (await client.LoginAsync(environment.Device, password: password)).Should().Be(ConnectReturnCode.BadUserNameOrPassword);
    }

    [Fact]
    public async Task Connect_WithoutPassword_IsBadPassword()
    {
        await using var environment = await HubEnvironment.StartAsync();
        await using var client = await RawClient.OpenAsync(environment);

        await client.SendAsync(new ConnectPacket(HubEnvironment.DeviceId, true, 60));

        (await client.ReceiveAsync<ConnAckPacket>()).ReturnCode.Should().Be(ConnectReturnCode.BadUserNameOrPassword);
    }

    [Fact]
    public async Task Connect_OwnersToken_IsAccepted()
    {
        await using var environment = await HubEnvironment.StartAsync();
        await using var client = await RawClient.OpenAsync(environment);
        var key = environment.Hub.ConnectionString.Split("SharedAccessKey=")[1];
        var token = new TokenMaker("localhost", environment.Time).Make(string.Empty, key, TimeSpan.FromHours(1), "iothubowner");

        (await client.LoginAsync(environment.Device, password: token)).Should().Be(ConnectReturnCode.Accepted);
    }
}
