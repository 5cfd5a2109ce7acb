using System.Text.Json.Nodes;
using EdgeGateway.Simulators.IotHub.Methods;
using EdgeGateway.Simulators.IotHub.Registry;
using EdgeGateway.Testing;
using MQTTnet;
using MQTTnet.Protocol;

namespace EdgeGateway.Simulators.IotHub.Tests.Foreign;

/// <summary>Tests that a client which shares no code with the hub gets along with it, by the topics of IoT Hub's published MQTT contract.</summary>
public sealed class MqttNetClientTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Twin_GetReportAndDesired_Work(bool webSockets)
    {
        await using var environment = await HubEnvironment.StartAsync();
        environment.Device.Twin.PatchDesired(new JsonObject { ["a"] = 1 });
        await using var device = await MqttNetDevice.ConnectAsync(environment, webSockets);
        (await device.SubscribeAsync("$iothub/twin/res/#")).Should().Be(1);
        (await device.SubscribeAsync("$iothub/twin/PATCH/properties/desired/#")).Should().Be(1);

        await device.PublishAsync("$iothub/twin/GET/?$rid=1");
        var get = await device.ReceiveAsync();
        await device.PublishAsync("$iothub/twin/PATCH/properties/reported/?$rid=2", """{"state":"ready"}""");
        var report = await device.ReceiveAsync();
        environment.Device.Twin.PatchDesired(new JsonObject { ["a"] = 2 });
        var desired = await device.ReceiveAsync();

        get.Topic.Should().Be("$iothub/twin/res/200/?$rid=1");
        get.Payload.Should().Be("""{"desired":{"a":1,"$version":2},"reported":{"$version":1}}""");
        report.Topic.Should().Be("$iothub/twin/res/204/?$rid=2&$version=2");
        desired.Topic.Should().Be("$iothub/twin/PATCH/properties/desired/?$version=3");
        desired.Payload.Should().Be("""{"a":2,"$version":3}""");
        environment.Device.Twin.Reported["state"]!.GetValue<string>().Should().Be("ready");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Method_DeviceAnswers_ReachesTheCaller(bool webSockets)
    {
        await using var environment = await HubEnvironment.StartAsync();
        await using var device = await MqttNetDevice.ConnectAsync(environment, webSockets);
        await device.SubscribeAsync("$iothub/methods/POST/#");

        var call = environment.Hub.Methods.InvokeAsync(
            environment.Device.Name, new MethodCall("reboot", JsonValue.Create(5), MethodInvoker.DefaultResponseTimeout, TimeSpan.Zero), default);
        var request = await device.ReceiveAsync();
        await device.PublishAsync($"$iothub/methods/res/202/?$rid={request.Topic.Split("$rid=")[1]}", """{"done":true}""");
        var result = await call.WaitAsync(TestLimits.Wait);

        request.Topic.Should().StartWith("$iothub/methods/POST/reboot/?$rid=");
        request.Payload.Should().Be("5");
        (result.Status, result.Payload!.ToJsonString()).Should().Be((202, """{"done":true}"""));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task CloudToDevice_AtLeastOnce_IsCompletedByTheAcknowledgement(bool webSockets)
    {
        await using var environment = await HubEnvironment.StartAsync();
        var messages = environment.Device.CloudToDeviceMessages;
        await using var device = await MqttNetDevice.ConnectAsync(environment, webSockets);
        await device.SubscribeAsync("devices/mcu-07/messages/devicebound/#");

        await messages.CompletedAsync(() => messages.Add("hello"u8.ToArray(), new Dictionary<string, string> { ["kind"] = "greeting" }));
        var (topic, payload, qos) = await device.ReceiveAsync();

        topic.Should().StartWith("devices/mcu-07/messages/devicebound/").And.Contain("kind=greeting");
        (payload, qos).Should().Be(("hello", MqttQualityOfServiceLevel.AtLeastOnce));
        messages.Count.Should().Be(0);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Telemetry_AtLeastOnce_IsThereWhenAcknowledged(bool webSockets)
    {
        await using var environment = await HubEnvironment.StartAsync();
        await using var device = await MqttNetDevice.ConnectAsync(environment, webSockets);

        await device.PublishAsync("devices/mcu-07/messages/events/$.ct=text%2Fplain", "hot", MqttQualityOfServiceLevel.AtLeastOnce);

        var message = environment.Hub.Telemetry.Read(environment.Device.Name).Single();
        message.Body.ToArray().Should().Equal("hot"u8.ToArray());
        message.Properties.Should().Contain("$.ct", "text/plain");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Connect_TokenOfAnotherKey_IsNotAuthorized(bool webSockets)
    {
        await using var environment = await HubEnvironment.StartAsync();

        (await MqttNetDevice.TryConnectAsync(environment, webSockets, SymmetricKey.New())).Should().Be(MqttClientConnectResultCode.NotAuthorized);

        environment.Device.Statistics.Refusals.Should().Be(1);
    }

    [Theory]
    [InlineData("#", 0x80)]
    [InlineData("devices/+/messages/devicebound/#", 0x80)]
    [InlineData("devices/other/messages/devicebound/#", 0x80)]
    [InlineData("$iothub/twin/res/+", 0x80)]
    [InlineData("$iothub/twin/res/#", 1)]
    [InlineData("devices/mcu-07/messages/devicebound/#", 1)]
    public async Task Subscribe_Wildcards_OnlyTheFiltersOfIotHubAreGranted(string filter, byte code)
    {
        await using var environment = await HubEnvironment.StartAsync();
        await using var device = await MqttNetDevice.ConnectAsync(environment, webSockets: false);

        (await device.SubscribeAsync(filter, MqttQualityOfServiceLevel.ExactlyOnce)).Should().Be(code);
    }
}
