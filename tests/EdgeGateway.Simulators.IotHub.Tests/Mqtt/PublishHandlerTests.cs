using EdgeGateway.Hub.Mqtt;
using EdgeGateway.Simulators.IotHub.Mqtt;

namespace EdgeGateway.Simulators.IotHub.Tests.Mqtt;

public sealed class PublishHandlerTests
{
    [Fact]
    public async Task Telemetry_AtLeastOnce_IsAcknowledgedAndKept()
    {
        await using var environment = await HubEnvironment.StartAsync();
        await using var client = await environment.ConnectDeviceAsync();

        await client.SendAsync(new PublishPacket("devices/mcu-07/messages/events/%24.ct=application%2Fjson&site=a%20b", "{}"u8.ToArray())
        {
            Qos = MqttQos.AtLeastOnce,
            PacketId = 42,
        });

        (await client.ReceiveAsync<PubAckPacket>()).PacketId.Should().Be(42);
        var message = environment.Hub.Telemetry.Read(environment.Device.Name).Single();
        message.Body.ToArray().Should().Equal("{}"u8.ToArray());
        message.Properties.Should().BeEquivalentTo(new Dictionary<string, string> { ["$.ct"] = "application/json", ["site"] = "a b" });
        environment.Device.Statistics.TelemetryMessages.Should().Be(1);
    }

    [Fact]
    public async Task Telemetry_OfModule_IsKeptUnderItsName()
    {
        await using var environment = await HubEnvironment.StartAsync();
        var module = environment.Hub.Registry.CreateModule(HubEnvironment.DeviceId, "gateway");
        await using var client = await environment.ConnectAsync(module);

        await client.SendAsync(new PublishPacket("devices/mcu-07/modules/gateway/messages/events/", "x"u8.ToArray()));
        await client.PingAsync();

        environment.Hub.Telemetry.Read(module.Name).Should().ContainSingle();
    }

    [Theory]
    [InlineData("devices/other/messages/events/")]
    [InlineData("devices/mcu-07/modules/m/messages/events/")]
    [InlineData("devices/mcu-07/messages/devicebound/x")]
    [InlineData("$iothub/twin/res/200/?$rid=1")]
    [InlineData("anything")]
    public async Task Publish_TopicNotOwn_Drops(string topic)
    {
        await using var environment = await HubEnvironment.StartAsync();
        await using var client = await environment.ConnectDeviceAsync();

        await client.SendAsync(new PublishPacket(topic, default));

        await client.ExpectClosedAsync();
        environment.Hub.Telemetry.Total.Should().Be(0);
    }

    [Fact]
    public async Task Publish_Retain_Drops()
    {
        await using var environment = await HubEnvironment.StartAsync();
        await using var client = await environment.ConnectDeviceAsync();

        await client.SendAsync(new PublishPacket("devices/mcu-07/messages/events/", default) { Retain = true });

        await client.ExpectClosedAsync();
    }

    [Theory]
    [InlineData(PublishHandler.MaxMessageBytes, true)]
    [InlineData(PublishHandler.MaxMessageBytes + 1, false)]
    public async Task Telemetry_AtSizeLimit_IsTakenBeyondDropped(int size, bool taken)
    {
        await using var environment = await HubEnvironment.StartAsync();
        await using var client = await environment.ConnectDeviceAsync();

        await client.SendAsync(new PublishPacket("devices/mcu-07/messages/events/", new byte[size]));

        if (taken)
        {
            await client.PingAsync();
        }
        else
        {
            await client.ExpectClosedAsync();
        }

        environment.Hub.Telemetry.Total.Should().Be(taken ? 1 : 0);
    }
}
