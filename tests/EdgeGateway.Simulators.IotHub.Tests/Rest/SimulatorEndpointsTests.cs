using System.Net;
using System.Text;
using EdgeGateway.Hub.Mqtt;
using EdgeGateway.Hub.Mqtt.Topics;

namespace EdgeGateway.Simulators.IotHub.Tests.Rest;

public sealed class SimulatorEndpointsTests
{
    [Fact]
    public async Task Clients_ConnectedAndDropped_AreListed()
    {
        await using var environment = await HubEnvironment.StartAsync();
        await using var client = await environment.ConnectDeviceAsync();

        var (_, clients) = await environment.CallAsync(HttpMethod.Get, "/simulator/clients");
        var (dropped, _) = await environment.CallAsync(HttpMethod.Post, "/simulator/clients/mcu-07/drop");

        clients!.AsArray().Single()!["deviceId"]!.GetValue<string>().Should().Be("mcu-07");
        dropped.StatusCode.Should().Be(HttpStatusCode.NoContent);
        await client.ExpectClosedAsync();
        (await environment.CallAsync(HttpMethod.Get, "/simulator/clients")).Body!.AsArray().Should().BeEmpty();
        await ErrorAnswer.ShouldBeAsync(
            environment.CallAsync(HttpMethod.Post, "/simulator/clients/mcu-07/drop"), HttpStatusCode.NotFound, "DeviceNotOnline", 404103);
    }

    [Fact]
    public async Task Statistics_AfterTraffic_CountPerDevice()
    {
        await using var environment = await HubEnvironment.StartAsync();
        await using var client = await environment.ConnectDeviceAsync();
        await client.SubscribeAsync(HubFilters.TwinResponses);
        await client.GetTwinAsync();
        await client.ReportAsync("{}");
        await client.ReportAsync("{}");

        var (_, statistics) = await environment.CallAsync(HttpMethod.Get, "/simulator/statistics");

        statistics!["connectedClients"]!.GetValue<int>().Should().Be(1);
        var counts = statistics["identities"]!["mcu-07"]!;
        counts["connects"]!.GetValue<int>().Should().Be(1);
        counts["twinGets"]!.GetValue<int>().Should().Be(1);
        counts["reportedPatches"]!.GetValue<int>().Should().Be(2);
    }

    [Fact]
    public async Task Messages_Posted_ReachDevice()
    {
        await using var environment = await HubEnvironment.StartAsync();
        await using var client = await environment.ConnectDeviceAsync();
        await client.SubscribeAsync(HubFilters.CloudToDevice(HubEnvironment.DeviceId));

        await environment.CallAsync(HttpMethod.Post, "/simulator/devices/mcu-07/messages", """{"body":"hi","properties":{"a":"b"}}""");

        var packet = await client.ReceiveAsync<PublishPacket>();
        Encoding.UTF8.GetString(packet.Payload.Span).Should().Be("hi");
        ((CloudToDeviceTopic)HubTopic.Parse(packet.Topic)!).Properties.Should().Contain("a", "b");
    }

    [Fact]
    public async Task Telemetry_Sent_CanBeRead()
    {
        await using var environment = await HubEnvironment.StartAsync();
        await using var client = await environment.ConnectDeviceAsync();
        await client.SendAsync(new PublishPacket("devices/mcu-07/messages/events/a=b", "one"u8.ToArray()));
        await client.SendAsync(new PublishPacket("devices/mcu-07/messages/events/", "two"u8.ToArray()));
        await client.PingAsync();

        var (_, all) = await environment.CallAsync(HttpMethod.Get, "/simulator/telemetry?deviceId=mcu-07");
        var (_, last) = await environment.CallAsync(HttpMethod.Get, "/simulator/telemetry?top=1");

        all!.AsArray().Select(m => m!["body"]!.GetValue<string>()).Should().Equal("one", "two");
        all[0]!["properties"]!["a"]!.GetValue<string>().Should().Be("b");
        last!.AsArray().Single()!["bodyBase64"]!.GetValue<string>().Should().Be("dHdv");
    }

    [Fact]
    public async Task Switches_Put_AreSet()
    {
        await using var environment = await HubEnvironment.StartAsync();
        await using var client = await environment.ConnectDeviceAsync();

        var (_, body) = await environment.CallAsync(HttpMethod.Put, "/simulator/switches", """{"offline":true,"throttledTwinOperations":3}""");

        body!.ToJsonString().Should().Be("""{"offline":true,"throttledTwinOperations":3,"upstreamCut":false}""");
        environment.Hub.Switches.Offline.Should().BeTrue();
        environment.Hub.Switches.ThrottledTwinOperations.Should().Be(3);
        await client.ExpectClosedAsync();
    }
}
