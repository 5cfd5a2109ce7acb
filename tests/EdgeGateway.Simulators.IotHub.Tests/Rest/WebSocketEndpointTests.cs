using System.Net;
using System.Net.WebSockets;
using System.Text.Json.Nodes;
using EdgeGateway.Hub.Mqtt;
using EdgeGateway.Hub.Mqtt.Topics;
using EdgeGateway.Simulators.IotHub.Sessions;
using EdgeGateway.Testing;

namespace EdgeGateway.Simulators.IotHub.Tests.Rest;

public sealed class WebSocketEndpointTests
{
    [Fact]
    public async Task Client_TwinRound_WorksAsOverTcp()
    {
        await using var environment = await HubEnvironment.StartAsync();
        await using var client = await RawClient.OpenWebSocketAsync(environment);

        (await client.LoginAsync(environment.Device)).Should().Be(ConnectReturnCode.Accepted);
        await client.SubscribeAsync(HubFilters.TwinResponses);
        await client.SubscribeAsync(HubFilters.DesiredPatches);
        (await client.ReportAsync("""{"state":"ready"}""")).Status.Status.Should().Be(204);
        environment.Device.Twin.PatchDesired(new JsonObject { ["a"] = 1 });

        HubTopic.Parse((await client.ReceiveAsync<PublishPacket>()).Topic).Should().BeOfType<DesiredPatchTopic>();
        environment.Device.Twin.Reported["state"]!.GetValue<string>().Should().Be("ready");
    }

    [Fact]
    public async Task Client_Disconnects_SessionEnds()
    {
        await using var environment = await HubEnvironment.StartAsync();
        await using var client = await RawClient.OpenWebSocketAsync(environment);
        await client.LoginAsync(environment.Device);

        await client.SendAsync(new DisconnectPacket());

        await client.ExpectClosedAsync();
        await environment.Hub.Sessions.WaitUntilAsync(s => s.Count == 0).WaitAsync(TestLimits.Wait);
    }

    [Fact]
    public async Task Client_IsDropped_ConnectionIsCut()
    {
        await using var environment = await HubEnvironment.StartAsync();
        await using var client = await RawClient.OpenWebSocketAsync(environment);
        await client.LoginAsync(environment.Device);

        environment.Hub.Sessions.Drop(environment.Device.Name, SessionEnd.DroppedByRequest);

        await client.ExpectClosedAsync();
    }

    [Fact]
    public async Task Connect_HubOffline_Is503()
    {
        await using var environment = await HubEnvironment.StartAsync();
        environment.Hub.Switches.Offline = true;

        await FluentActions.Awaiting(() => RawClient.OpenWebSocketAsync(environment)).Should().ThrowAsync<WebSocketException>().WithMessage("*503*");
    }

    [Fact]
    public async Task Connect_OtherSubProtocol_IsRefused()
    {
        await using var environment = await HubEnvironment.StartAsync();

        await FluentActions.Awaiting(() => RawClient.OpenWebSocketAsync(environment, "AMQPWSB10"))
            .Should().ThrowAsync<WebSocketException>().WithMessage("*400*");
    }

    [Fact]
    public async Task Get_NoWebSocket_IsBadRequest()
    {
        await using var environment = await HubEnvironment.StartAsync();

        using var response = await environment.Http.GetAsync(new Uri("/$iothub/websocket", UriKind.Relative));

        response.StatusCode.Should().Be(HttpStatusCode.BadRequest);
    }
}
