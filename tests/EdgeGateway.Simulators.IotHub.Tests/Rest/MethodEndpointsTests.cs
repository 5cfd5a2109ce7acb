using System.Net;
using EdgeGateway.Hub.Mqtt;
using EdgeGateway.Hub.Mqtt.Topics;

namespace EdgeGateway.Simulators.IotHub.Tests.Rest;

public sealed class MethodEndpointsTests
{
    [Fact]
    public async Task Post_DeviceAnswers_GivesStatusAndPayload()
    {
        await using var environment = await HubEnvironment.StartAsync();
        await using var client = await environment.ConnectDeviceAsync();
        await client.SubscribeAsync(HubFilters.Methods);

        var call = environment.CallAsync(HttpMethod.Post, "/twins/mcu-07/methods", """{"methodName":"ping","payload":[1]}""");
        var packet = await client.ReceiveAsync<PublishPacket>();
        var topic = (MethodRequestTopic)HubTopic.Parse(packet.Topic)!;
        await client.SendAsync(new PublishPacket(new MethodResponseTopic(201, topic.RequestId).ToString(), packet.Payload));

        (await call).Body!.ToJsonString().Should().Be("""{"status":201,"payload":[1]}""");
    }

    [Fact]
    public async Task Post_Module_ReachesModule()
    {
        await using var environment = await HubEnvironment.StartAsync();
        await using var client = await environment.ConnectAsync(environment.Hub.Registry.CreateModule(HubEnvironment.DeviceId, "m"));
        await client.SubscribeAsync(HubFilters.Methods);

        var call = environment.CallAsync(HttpMethod.Post, "/twins/mcu-07/modules/m/methods", """{"methodName":"ping"}""");
        var topic = (MethodRequestTopic)HubTopic.Parse((await client.ReceiveAsync<PublishPacket>()).Topic)!;
        await client.SendAsync(new PublishPacket(new MethodResponseTopic(200, topic.RequestId).ToString(), default));

        (await call).Body!.ToJsonString().Should().Be("""{"status":200,"payload":null}""");
    }

    [Fact]
    public async Task Post_Offline_Is404WithDeviceNotOnline()
    {
        await using var environment = await HubEnvironment.StartAsync();

        await ErrorAnswer.ShouldBeAsync(
            environment.CallAsync(HttpMethod.Post, "/twins/mcu-07/methods", """{"methodName":"ping"}"""),
            HttpStatusCode.NotFound,
            "DeviceNotOnline",
            404103);
    }

    [Fact]
    public async Task Post_NoAnswer_Is504()
    {
        await using var environment = await HubEnvironment.StartAsync();
        await using var client = await environment.ConnectDeviceAsync();
        await client.SubscribeAsync(HubFilters.Methods);
        var call = environment.CallAsync(HttpMethod.Post, "/twins/mcu-07/methods", """{"methodName":"ping","responseTimeoutInSeconds":5}""");
        await client.ReceiveAsync<PublishPacket>();

        environment.Time.Advance(TimeSpan.FromSeconds(5));

        await ErrorAnswer.ShouldBeAsync(call, HttpStatusCode.GatewayTimeout, "GatewayTimeout", 504101);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"methodName":"x","responseTimeoutInSeconds":"5"}""")]
    [InlineData("""{"methodName":"x","responseTimeoutInSeconds":1}""")]
    public async Task Post_Wrong_Is400(string body)
    {
        await using var environment = await HubEnvironment.StartAsync();

        await ErrorAnswer.ShouldBeAsync(
            environment.CallAsync(HttpMethod.Post, "/twins/mcu-07/methods", body), HttpStatusCode.BadRequest, "ArgumentInvalid", 400004);
    }
}
