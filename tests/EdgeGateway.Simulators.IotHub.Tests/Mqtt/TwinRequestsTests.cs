using System.Text.Json.Nodes;
using EdgeGateway.Hub.Mqtt;
using EdgeGateway.Hub.Mqtt.Topics;

namespace EdgeGateway.Simulators.IotHub.Tests.Mqtt;

public sealed class TwinRequestsTests
{
    [Fact]
    public async Task Get_NewTwin_HasEmptySectionsOfVersionOne()
    {
        await using var environment = await HubEnvironment.StartAsync();
        await using var client = await ConnectAsync(environment);

        var (status, body) = await client.GetTwinAsync();

        status.Should().Be(new TwinResponseTopic(200, "get-1"));
        Equal(body, """{"desired":{"$version":1},"reported":{"$version":1}}""");
        environment.Device.Statistics.TwinGets.Should().Be(1);
    }

    [Fact]
    public async Task Report_Patches_MergeAndCountVersions()
    {
        await using var environment = await HubEnvironment.StartAsync();
        await using var client = await ConnectAsync(environment);

        var (first, _) = await client.ReportAsync("""{"fw":{"version":"1.0","state":"idle"},"list":[1,2]}""");
        var (second, nothing) = await client.ReportAsync("""{"fw":{"state":null,"percent":12}}""");

        first.Should().Be(new TwinResponseTopic(204, "patch-1", 2));
        second.Should().Be(new TwinResponseTopic(204, "patch-1", 3));
        nothing.Should().BeNull();
        var (_, twin) = await client.GetTwinAsync();
        Equal(twin!["reported"], """{"fw":{"version":"1.0","percent":12},"list":[1,2],"$version":3}""");
        environment.Device.Statistics.ReportedPatches.Should().Be(2);
    }

    [Theory]
    [InlineData("not json", 400)]
    [InlineData("[1]", 400)]
    [InlineData("null", 400)]
    [InlineData("""{"a":1,"a":2}""", 400)]
    [InlineData("""{"a.b":1}""", 400)]
    [InlineData("""{"$version":7}""", 400)]
    [InlineData("""{"a":[1,null]}""", 400)]
    public async Task Report_Refused_HasStatusReasonAndChangesNothing(string patch, int expected)
    {
        await using var environment = await HubEnvironment.StartAsync();
        await using var client = await ConnectAsync(environment);

        var (status, body) = await client.ReportAsync(patch);

        status.Should().Be(new TwinResponseTopic(expected, "patch-1"));
        body!["errorCode"]!.GetValue<int>().Should().Be(400004);
        body["message"]!.GetValue<string>().Should().NotBeEmpty();
        environment.Device.Twin.ReportedVersion.Should().Be(1);
    }

    [Fact]
    public async Task Report_SectionTooLarge_Is413()
    {
        await using var environment = await HubEnvironment.StartAsync();
        await using var client = await ConnectAsync(environment);
        var text = new string('x', 4000);
        for (var i = 0; i < 8; i++)
        {
            (await client.ReportAsync($$"""{"p{{i}}":"{{text}}"}""")).Status.Status.Should().Be(204);
        }

        var (status, _) = await client.ReportAsync($$"""{"p8":"{{text}}"}""");

        status.Status.Should().Be(413);
        environment.Device.Twin.Reported.Should().HaveCount(8);
    }

    [Fact]
    public async Task Throttled_SomeOperations_Are429ThenWell()
    {
        await using var environment = await HubEnvironment.StartAsync();
        await using var client = await ConnectAsync(environment);
        environment.Hub.Switches.ThrottledTwinOperations = 2;

        (await client.GetTwinAsync()).Status.Status.Should().Be(429);
        (await client.ReportAsync("{}")).Status.Status.Should().Be(429);
        (await client.GetTwinAsync()).Status.Status.Should().Be(200);
        environment.Device.Twin.ReportedVersion.Should().Be(1);
    }

    [Fact]
    public async Task DesiredChange_Subscribed_IsPushedWithVersion()
    {
        await using var environment = await HubEnvironment.StartAsync();
        await using var client = await environment.ConnectDeviceAsync();
        await client.SubscribeAsync(HubFilters.DesiredPatches);

        environment.Device.Twin.PatchDesired(new JsonObject { ["a"] = 1 });
        environment.Device.Twin.PatchDesired(new JsonObject { ["a"] = null });

        await ExpectPushAsync(client, 2, """{"a":1,"$version":2}""");
        await ExpectPushAsync(client, 3, """{"a":null,"$version":3}""");
        environment.Device.Statistics.DesiredPushes.Should().Be(2);
    }

    [Fact]
    public async Task DesiredReplaced_Subscribed_PushesRemovalsToo()
    {
        await using var environment = await HubEnvironment.StartAsync();
        environment.Device.Twin.PatchDesired(JsonNode.Parse("""{"keep":{"x":1,"y":2},"drop":3}""")!.AsObject());
        await using var client = await environment.ConnectDeviceAsync();
        await client.SubscribeAsync(HubFilters.DesiredPatches);

        environment.Device.Twin.Update(null, JsonNode.Parse("""{"keep":{"x":5}}""")!.AsObject(), replace: true, ifMatch: null);

        await ExpectPushAsync(client, 3, """{"keep":{"x":5,"y":null},"drop":null,"$version":3}""");
    }

    [Fact]
    public async Task DesiredChange_NotSubscribed_IsNotPushed()
    {
        await using var environment = await HubEnvironment.StartAsync();
        await using var client = await environment.ConnectDeviceAsync();

        environment.Device.Twin.PatchDesired(new JsonObject { ["a"] = 1 });

        await client.PingAsync();
    }

    [Fact]
    public async Task DesiredChange_OfOtherDevice_IsNotPushed()
    {
        await using var environment = await HubEnvironment.StartAsync();
        var other = environment.Hub.Registry.CreateDevice("other");
        await using var client = await environment.ConnectDeviceAsync();
        await client.SubscribeAsync(HubFilters.DesiredPatches);

        other.Twin.PatchDesired(new JsonObject { ["a"] = 1 });

        await client.PingAsync();
    }

    [Fact]
    public async Task Get_NotSubscribedToResponses_GetsNone()
    {
        await using var environment = await HubEnvironment.StartAsync();
        await using var client = await environment.ConnectDeviceAsync();

        await client.SendAsync(new PublishPacket(new TwinGetTopic("1").ToString(), default) { Qos = MqttQos.AtLeastOnce, PacketId = 9 });

        (await client.ReceiveAsync<PubAckPacket>()).PacketId.Should().Be(9);
        await client.PingAsync();
    }

    private static async Task<RawClient> ConnectAsync(HubEnvironment environment)
    {
        var client = await environment.ConnectDeviceAsync();
        await client.SubscribeAsync(HubFilters.TwinResponses);
        return client;
    }

    private static async Task ExpectPushAsync(RawClient client, long version, string json)
    {
        var packet = await client.ReceiveAsync<PublishPacket>();
        HubTopic.Parse(packet.Topic).Should().Be(new DesiredPatchTopic(version));
        Equal(JsonNode.Parse(packet.Payload.Span), json);
    }

    private static void Equal(JsonNode? actual, string expected) =>
        JsonNode.DeepEquals(actual, JsonNode.Parse(expected)).Should().BeTrue("{0} should be {1}", actual?.ToJsonString(), expected);
}
