using EdgeGateway.Hub.Mqtt;
using EdgeGateway.Hub.Mqtt.Topics;
using EdgeGateway.Simulators.IotHub.Registry;
using EdgeGateway.Testing;

namespace EdgeGateway.Simulators.IotHub.Tests.Mqtt;

public sealed class MqttSessionTests
{
    [Fact]
    public async Task Connect_SecondTime_DropsFirst()
    {
        await using var environment = await HubEnvironment.StartAsync();
        await using var first = await environment.ConnectDeviceAsync();
        await using var second = await environment.ConnectDeviceAsync();

        await first.ExpectClosedAsync();

        await second.PingAsync();
        environment.Hub.Sessions.Count.Should().Be(1);
    }

    [Fact]
    public async Task KeepAlive_SilenceOfOneAndAHalf_Drops()
    {
        await using var environment = await HubEnvironment.StartAsync();
        await using var client = await environment.ConnectDeviceAsync(keepAlive: 10);

        environment.Time.Advance(TimeSpan.FromSeconds(14));
        await client.PingAsync();
        environment.Time.Advance(TimeSpan.FromSeconds(14));
        await client.PingAsync();
        environment.Time.Advance(TimeSpan.FromSeconds(15));

        await client.ExpectClosedAsync();
        environment.Hub.Sessions.Count.Should().Be(0);
    }

    [Fact]
    public async Task KeepAlive_NoneAsked_HubsOwnLimitHolds()
    {
        await using var environment = await HubEnvironment.StartAsync();
        await using var client = await environment.ConnectDeviceAsync(keepAlive: 0);

        environment.Time.Advance(TimeSpan.FromSeconds(1766));
        await client.PingAsync();
        environment.Time.Advance(TimeSpan.FromSeconds(1767));

        await client.ExpectClosedAsync();
    }

    [Fact]
    public async Task Token_ExpiresDuringConnection_Drops()
    {
        await using var environment = await HubEnvironment.StartAsync();
        await using var client = await RawClient.OpenAsync(environment);
        await client.LoginAsync(environment.Device, life: TimeSpan.FromSeconds(50));

        environment.Time.Advance(TimeSpan.FromSeconds(49));
        await client.PingAsync();
        environment.Time.Advance(TimeSpan.FromSeconds(1));

        await client.ExpectClosedAsync();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Registry_DisabledOrDeleted_Drops(bool delete)
    {
        await using var environment = await HubEnvironment.StartAsync();
        await using var client = await environment.ConnectDeviceAsync();

        if (delete)
        {
            environment.Hub.Registry.Delete(environment.Device.Name, null);
        }
        else
        {
            environment.Hub.Registry.Update(environment.Device.Name, new IdentityChange(Enabled: false), null);
        }

        await client.ExpectClosedAsync();
    }

    [Fact]
    public async Task Registry_KeysChanged_Drops()
    {
        await using var environment = await HubEnvironment.StartAsync();
        await using var client = await environment.ConnectDeviceAsync();

        environment.Hub.Registry.Update(environment.Device.Name, new IdentityChange(PrimaryKey: SymmetricKey.New()), null);

        await client.ExpectClosedAsync();
    }

    [Fact]
    public async Task Subscribe_ForeignOrUnknownFilter_Fails()
    {
        await using var environment = await HubEnvironment.StartAsync();
        await using var client = await environment.ConnectDeviceAsync();

        (await client.SubscribeAsync("#")).Should().Be(SubAckPacket.Failure);
        (await client.SubscribeAsync("devices/other/messages/devicebound/#")).Should().Be(SubAckPacket.Failure);
        (await client.SubscribeAsync("$iothub/methods/POST/#")).Should().Be(1);
        (await client.SubscribeAsync("$iothub/twin/res/#", MqttQos.ExactlyOnce)).Should().Be(1);
        (await client.SubscribeAsync("$iothub/twin/PATCH/properties/desired/#", MqttQos.AtMostOnce)).Should().Be(0);
    }

    [Fact]
    public async Task Publish_ExactlyOnce_Drops()
    {
        await using var environment = await HubEnvironment.StartAsync();
        await using var client = await environment.ConnectDeviceAsync();

        // fixed header of PUBLISH with quality of service 2, topic "a", packet id 1
        await client.SendBytesAsync([0x34, 5, 0, 1, (byte)'a', 0, 1]);

        await client.ExpectClosedAsync();
    }

    [Fact]
    public async Task Connect_SecondPacket_EndsTheSession()
    {
        await using var environment = await HubEnvironment.StartAsync();
        await using var client = await environment.ConnectDeviceAsync();

        await client.SendAsync(new ConnectPacket(HubEnvironment.DeviceId, true, 60));

        await client.ExpectClosedAsync();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Will_ConnectionEnds_IsPublishedOnlyWithoutDisconnect(bool politely)
    {
        await using var environment = await HubEnvironment.StartAsync();
        var client = await RawClient.OpenAsync(environment);
        var will = new PublishPacket("devices/mcu-07/messages/events/", "gone"u8.ToArray());
        await client.LoginAsync(environment.Device, will: will);

        if (politely)
        {
            await client.SendAsync(new DisconnectPacket());
            await client.ExpectClosedAsync();
        }

        await client.DisposeAsync();
        await environment.Hub.Sessions.WaitUntilAsync(s => s.Count == 0).WaitAsync(TestLimits.Wait);
        if (!politely)
        {
            await foreach (var message in environment.Hub.Telemetry.FollowAsync(new CancellationTokenSource(TestLimits.Wait).Token))
            {
                message.Body.ToArray().Should().Equal("gone"u8.ToArray());
                break;
            }
        }

        environment.Hub.Telemetry.Total.Should().Be(politely ? 0 : 1);
    }

    [Fact]
    public async Task Unsubscribe_Desired_PushesEnd()
    {
        await using var environment = await HubEnvironment.StartAsync();
        await using var client = await environment.ConnectDeviceAsync();
        await client.SubscribeAsync(HubFilters.DesiredPatches);
        environment.Device.Twin.PatchDesired([]);
        await client.ReceiveAsync<PublishPacket>();

        await client.SendAsync(new UnsubscribePacket(client.NextId(), [HubFilters.DesiredPatches]));
        await client.ReceiveAsync<UnsubAckPacket>();
        environment.Device.Twin.PatchDesired([]);

        await client.PingAsync();
    }
}
