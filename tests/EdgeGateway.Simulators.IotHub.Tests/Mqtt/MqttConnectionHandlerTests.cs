using EdgeGateway.Hub.Mqtt;

namespace EdgeGateway.Simulators.IotHub.Tests.Mqtt;

public sealed class MqttConnectionHandlerTests
{
    [Fact]
    public async Task Open_NoConnectInTime_IsClosed()
    {
        await using var environment = await HubEnvironment.StartAsync();
        await using var client = await RawClient.OpenAsync(environment);
        while (environment.Time.ArmedTimers == 0)
        {
            await Task.Yield(); // until the hub waits for CONNECT
        }

        environment.Time.Advance(TimeSpan.FromSeconds(30));

        await client.ExpectClosedAsync();
    }

    [Fact]
    public async Task Open_FirstPacketIsNotConnect_IsClosed()
    {
        await using var environment = await HubEnvironment.StartAsync();
        await using var client = await RawClient.OpenAsync(environment);

        await client.SendAsync(new PingReqPacket());

        await client.ExpectClosedAsync();
    }

    [Fact]
    public async Task Open_Garbage_IsClosed()
    {
        await using var environment = await HubEnvironment.StartAsync();
        await using var client = await RawClient.OpenAsync(environment);

        await client.SendBytesAsync("GET / HTTP/1.1\r\n\r\n"u8.ToArray());

        await client.ExpectClosedAsync();
    }

    [Fact]
    public async Task Open_HubOffline_IsRefusedUntilOnline()
    {
        await using var environment = await HubEnvironment.StartAsync();
        await using var before = await environment.ConnectDeviceAsync();

        environment.Hub.Switches.Offline = true;

        await before.ExpectClosedAsync();
        (await FluentActions.Awaiting(() => RawClient.OpenAsync(environment)).Should().ThrowAsync<Exception>())
            .Which.Should().Match(e => e is IOException || e is System.Net.Sockets.SocketException, "it depends on who is faster");
        environment.Hub.Switches.Offline = false;
        await using var after = await environment.ConnectDeviceAsync();
        await after.PingAsync();
    }
}
