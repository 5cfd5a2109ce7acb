using System.Text;
using EdgeGateway.Hub.Mqtt;
using EdgeGateway.Hub.Mqtt.Topics;

namespace EdgeGateway.Simulators.IotHub.Tests.Mqtt;

public sealed class CloudToDeviceSenderTests
{
    private static readonly string Filter = HubFilters.CloudToDevice(HubEnvironment.DeviceId);

    [Fact]
    public async Task Send_Acknowledged_IsCompleted()
    {
        await using var environment = await HubEnvironment.StartAsync();
        await using var client = await environment.ConnectDeviceAsync();
        await client.SubscribeAsync(Filter);

        environment.Device.CloudToDeviceMessages.Add("hello"u8.ToArray(), new Dictionary<string, string> { ["colour"] = "a&b" });

        var packet = await ReceiveAsync(client, "hello");
        packet.Duplicate.Should().BeFalse();
        var topic = HubTopic.Parse(packet.Topic).Should().BeOfType<CloudToDeviceTopic>().Subject;
        topic.Properties.Should().Contain("colour", "a&b").And.ContainKey("$.mid")
            .And.Contain("$.to", "/devices/mcu-07/messages/deviceBound");
        environment.Device.CloudToDeviceMessages.Count.Should().Be(1);
        await client.SendAsync(new PubAckPacket(packet.PacketId));
        await client.PingAsync();
        environment.Device.CloudToDeviceMessages.Count.Should().Be(0);
        environment.Device.Statistics.MessagesCompleted.Should().Be(1);
    }

    [Fact]
    public async Task Send_NotAcknowledged_IsDeliveredAgainInOrder()
    {
        await using var environment = await HubEnvironment.StartAsync();
        await using (var first = await environment.ConnectDeviceAsync(cleanSession: false))
        {
            await first.SubscribeAsync(Filter);
            Add(environment, "one", "two", "three");
            await ReceiveAsync(first, "one");
            var two = await ReceiveAsync(first, "two");
            await ReceiveAsync(first, "three");
            await first.SendAsync(new PubAckPacket(two.PacketId));
            await first.PingAsync();
        }

        // The kept session has its subscription: messages come without a new SUBSCRIBE.
        await using var second = await environment.ConnectDeviceAsync(cleanSession: false);
        Add(environment, "four");

        (await ReceiveAsync(second, "one")).Duplicate.Should().BeTrue();
        (await ReceiveAsync(second, "three")).Duplicate.Should().BeTrue();
        (await ReceiveAsync(second, "four")).Duplicate.Should().BeFalse();
    }

    [Fact]
    public async Task Connect_KeptSession_SaysSessionPresent()
    {
        await using var environment = await HubEnvironment.StartAsync();
        await using (var first = await environment.ConnectDeviceAsync(cleanSession: false))
        {
            await first.SubscribeAsync(Filter);
        }

        (await SessionPresentAsync(environment, cleanSession: false)).Should().BeTrue();
        (await SessionPresentAsync(environment, cleanSession: true)).Should().BeFalse();
        (await SessionPresentAsync(environment, cleanSession: false)).Should().BeFalse("the clean session has forgotten it");
    }

    [Fact]
    public async Task Send_WhileAway_WaitsForSubscription()
    {
        await using var environment = await HubEnvironment.StartAsync();
        Add(environment, "early");
        await using var client = await environment.ConnectDeviceAsync();
        await client.PingAsync();

        await client.SubscribeAsync(Filter);

        await ReceiveAsync(client, "early");
    }

    [Fact]
    public async Task Send_AtMostOnce_IsCompletedAtOnce()
    {
        await using var environment = await HubEnvironment.StartAsync();
        await using var client = await environment.ConnectDeviceAsync();
        await client.SubscribeAsync(Filter, MqttQos.AtMostOnce);

        Add(environment, "quick");

        (await ReceiveAsync(client, "quick")).Qos.Should().Be(MqttQos.AtMostOnce);
        environment.Device.CloudToDeviceMessages.Count.Should().Be(0);
    }

    private static async Task<bool> SessionPresentAsync(HubEnvironment environment, bool cleanSession)
    {
        await using var client = await RawClient.OpenAsync(environment);
        var token = new Security.TokenMaker("localhost", environment.Time)
            .Make(environment.Device.Name.ResourcePath, environment.Device.Record.PrimaryKey, TimeSpan.FromHours(1));
        await client.SendAsync(new ConnectPacket(HubEnvironment.DeviceId, cleanSession, 60)
        {
            UserName = "localhost/mcu-07/?api-version=2021-04-12",
            Password = token,
        });
        return (await client.ReceiveAsync<ConnAckPacket>()).SessionPresent;
    }

    private static void Add(HubEnvironment environment, params string[] texts)
    {
        foreach (var text in texts)
        {
            environment.Device.CloudToDeviceMessages.Add(Encoding.UTF8.GetBytes(text), new Dictionary<string, string>());
        }
    }

    private static async Task<PublishPacket> ReceiveAsync(RawClient client, string text)
    {
        var packet = await client.ReceiveAsync<PublishPacket>();
        Encoding.UTF8.GetString(packet.Payload.Span).Should().Be(text);
        return packet;
    }
}
