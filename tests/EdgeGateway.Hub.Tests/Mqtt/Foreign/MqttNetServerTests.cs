using System.Net;
using System.Net.Sockets;
using System.Text;
using EdgeGateway.Hub.Connections.Sessions;
using EdgeGateway.Hub.Mqtt;
using EdgeGateway.Testing;
using MQTTnet.Server;

namespace EdgeGateway.Hub.Tests.Mqtt.Foreign;

/// <summary>Our MQTT channel against the server of MQTTnet, which knows nothing of our codec.</summary>
public sealed class MqttNetServerTests : IAsyncLifetime
{
    private readonly int _port = FreePort();
    private MqttServer? _server;

    public Task InitializeAsync()
    {
        var options = new MqttServerOptionsBuilder()
            .WithDefaultEndpoint()
            .WithDefaultEndpointBoundIPAddress(IPAddress.Loopback)
            .WithDefaultEndpointBoundIPV6Address(IPAddress.None)
            .WithDefaultEndpointPort(_port)
            .WithPersistentSessions()
            .Build();
        _server = new MqttServerFactory().CreateMqttServer(options);
        return _server.StartAsync();
    }

    public async Task DisposeAsync()
    {
        await _server!.StopAsync();
        _server!.Dispose();
    }

    [Fact]
    public async Task Ping_Connected_IsAnswered()
    {
        await using var client = await ConnectAsync("a");

        await client.SendAsync(new PingReqPacket());

        await ReceiveAsync<PingRespPacket>(client);
    }

    [Theory]
    [InlineData(MqttQos.AtMostOnce)]
    [InlineData(MqttQos.AtLeastOnce)]
    public async Task Publish_ToASubscriber_ArrivesWithItsQos(MqttQos qos)
    {
        await using var receiver = await ConnectAsync("receiver");
        await SubscribeAsync(receiver, "t/#", qos);
        await using var sender = await ConnectAsync("sender");

        await sender.SendAsync(Message("t/1", "hello", qos));

        if (qos == MqttQos.AtLeastOnce)
        {
            (await ReceiveAsync<PubAckPacket>(sender)).PacketId.Should().Be(7);
        }

        var message = await ReceiveAsync<PublishPacket>(receiver);
        (message.Topic, Encoding.UTF8.GetString(message.Payload.Span), message.Qos).Should().Be(("t/1", "hello", qos));
    }

    [Fact]
    public async Task Connect_AgainWithoutCleanSession_FindsTheSessionAndWhatWasSentMeanwhile()
    {
        await using (var first = await ConnectAsync("receiver", cleanSession: false))
        {
            await SubscribeAsync(first, "t/#", MqttQos.AtLeastOnce);
            await first.SendAsync(new DisconnectPacket());
            (await first.ReceiveAsync(Limit())).Should().BeNull("the server closes after DISCONNECT");
        }

        await using var sender = await ConnectAsync("sender");
        await sender.SendAsync(Message("t/1", "kept", MqttQos.AtLeastOnce));
        await ReceiveAsync<PubAckPacket>(sender);

        await using var second = await ConnectAsync("receiver", cleanSession: false, sessionPresent: true);

        Encoding.UTF8.GetString((await ReceiveAsync<PublishPacket>(second)).Payload.Span).Should().Be("kept");
    }

    [Fact]
    public async Task Will_ConnectionLostWithoutDisconnect_IsPublished()
    {
        await using var receiver = await ConnectAsync("receiver");
        await SubscribeAsync(receiver, "t/#", MqttQos.AtMostOnce);

        await using (await ConnectAsync("sender", will: Message("t/will", "gone", MqttQos.AtMostOnce)))
        {
        }

        (await ReceiveAsync<PublishPacket>(receiver)).Topic.Should().Be("t/will");
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static CancellationToken Limit() => new CancellationTokenSource(TestLimits.Wait).Token;

    private static PublishPacket Message(string topic, string text, MqttQos qos) =>
        new(topic, Encoding.UTF8.GetBytes(text)) { Qos = qos, PacketId = qos == MqttQos.AtLeastOnce ? (ushort)7 : (ushort)0 };

    private static async Task<T> ReceiveAsync<T>(MqttChannel client)
        where T : MqttPacket =>
        (await client.ReceiveAsync(Limit())).Should().BeOfType<T>().Subject;

    private static async Task SubscribeAsync(MqttChannel client, string filter, MqttQos qos)
    {
        await client.SendAsync(new SubscribePacket(1, [new MqttSubscription(filter, qos)]));
        (await ReceiveAsync<SubAckPacket>(client)).ReturnCodes.Should().Equal((byte)qos);
    }

    private async Task<MqttChannel> ConnectAsync(string id, bool cleanSession = true, bool sessionPresent = false, PublishPacket? will = null)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(IPAddress.Loopback, _port);
        var client = new MqttChannel(new NetworkStream(socket, ownsSocket: true), TimeProvider.System, TestLimits.Wait);
        await client.SendAsync(new ConnectPacket(id, cleanSession, 60) { Will = will });
        (await ReceiveAsync<ConnAckPacket>(client)).Should().Be(new ConnAckPacket(sessionPresent, ConnectReturnCode.Accepted));
        return client;
    }
}
