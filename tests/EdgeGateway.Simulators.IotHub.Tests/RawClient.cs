using System.IO.Pipelines;
using System.Net.Security;
using System.Net.Sockets;
using System.Net.WebSockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json.Nodes;
using EdgeGateway.Hub.Mqtt;
using EdgeGateway.Hub.Mqtt.Topics;
using EdgeGateway.Simulators.IotHub.Hosting;
using EdgeGateway.Simulators.IotHub.Registry;
using EdgeGateway.Testing;

namespace EdgeGateway.Simulators.IotHub.Tests;

/// <summary>An MQTT client that a test drives packet by packet.</summary>
internal sealed class RawClient : IAsyncDisposable
{
    private readonly string _hostName;
    private readonly TimeProvider _time;
    private readonly IDisposable _connection;
    private readonly Stream _stream;
    private readonly PipeReader _input;
    private readonly PipeWriter _output;
    private ushort _lastPacketId;

    private RawClient(string hostName, TimeProvider time, IDisposable connection, Stream stream)
    {
        _hostName = hostName;
        _time = time;
        _connection = connection;
        _stream = stream;
        _input = PipeReader.Create(stream);
        _output = PipeWriter.Create(stream);
    }

    public static Task<RawClient> OpenAsync(HubEnvironment environment, bool holdLastFlight = false) =>
        OpenAsync(environment.Hub, environment.Trust, environment.Time, holdLastFlight);

    /// <param name="at">Where to connect.</param>
    /// <param name="trust">The authorities to trust.</param>
    /// <param name="time">Clock of the tokens.</param>
    /// <param name="holdLastFlight">What is sent first is to arrive together with the last message of the TLS handshake.</param>
    public static async Task<RawClient> OpenAsync(IotHubSimulator at, X509ChainPolicy trust, TimeProvider time, bool holdLastFlight = false)
    {
        var tcp = new TcpClient { NoDelay = true };
        await tcp.ConnectAsync(at.MqttEndpoint);
        var tls = new SslStream(holdLastFlight ? new CoalescedHandshakeStream(tcp.Client) : tcp.GetStream());
        await tls.AuthenticateAsClientAsync(new SslClientAuthenticationOptions
        {
            TargetHost = at.GatewayHostName,
            CertificateChainPolicy = trust,
        });
        return new RawClient(at.HostName, time, tcp, tls);
    }

    /// <summary>Over a WebSocket.</summary>
    public static async Task<RawClient> OpenWebSocketAsync(HubEnvironment environment, string subProtocol = "mqtt")
    {
        var socket = new ClientWebSocket();
        socket.Options.AddSubProtocol(subProtocol);
        using var handler = new SocketsHttpHandler { SslOptions = { CertificateChainPolicy = environment.Trust } };
        using var invoker = new HttpMessageInvoker(handler, disposeHandler: false);
        await socket.ConnectAsync(
            new Uri($"wss://{environment.Hub.HttpsEndpoint}/$iothub/websocket"), invoker, new CancellationTokenSource(TestLimits.Wait).Token);
        return new RawClient(environment.Hub.HostName, environment.Time, socket, WebSocketStream.Create(socket, WebSocketMessageType.Binary, ownsWebSocket: true));
    }

    /// <summary>Sends CONNECT with a good token, but for what is given, and waits for the answer.</summary>
    public async Task<ConnectReturnCode> LoginAsync(
        HubIdentity identity,
        string? password = null,
        string? userName = null,
        string? key = null,
        TimeSpan? life = null,
        ushort keepAlive = 60,
        bool cleanSession = true,
        PublishPacket? will = null)
    {
        await SendLoginAsync(identity, password, userName, key, life, keepAlive, cleanSession, will);
        return (await ReceiveAsync<ConnAckPacket>()).ReturnCode;
    }

    /// <summary>The same, without waiting for the answer.</summary>
    public async Task SendLoginAsync(
        HubIdentity identity,
        string? password = null,
        string? userName = null,
        string? key = null,
        TimeSpan? life = null,
        ushort keepAlive = 60,
        bool cleanSession = true,
        PublishPacket? will = null)
    {
        var host = _hostName;
        var token = new Security.TokenMaker(host, _time)
            .Make(identity.Name.ResourcePath, key ?? identity.Record.PrimaryKey, life ?? TimeSpan.FromHours(1));
        await SendAsync(new ConnectPacket(identity.Name.ToString(), cleanSession, keepAlive)
        {
            UserName = userName ?? $"{host}/{identity.Name}/?api-version=2021-04-12&DeviceClientType=test&model-id=dtmi%3Atest%3Bm%3B1",
            Password = password ?? token,
            Will = will,
        });
    }

    public async Task SendAsync(params MqttPacket[] packets)
    {
        foreach (var packet in packets)
        {
            MqttWriter.Write(_output, packet);
        }

        await _output.FlushAsync();
    }

    public async Task SendBytesAsync(byte[] bytes)
    {
        await _output.WriteAsync(bytes);
        await _output.FlushAsync();
    }

    /// <summary>The next packet; null where the connection has ended.</summary>
    public async Task<MqttPacket?> ReceiveAsync()
    {
        using var limit = new CancellationTokenSource(TestLimits.Wait);
        while (true)
        {
            ReadResult result;
            try
            {
                result = await _input.ReadAsync(limit.Token);
            }
            catch (Exception e) when (e is IOException or WebSocketException)
            {
                return null;
            }

            var buffer = result.Buffer;
            var complete = MqttReader.TryRead(ref buffer, 1 << 20, out var packet);
            _input.AdvanceTo(buffer.Start, complete ? buffer.Start : buffer.End);
            if (complete)
            {
                return packet;
            }

            if (result.IsCompleted)
            {
                return null;
            }
        }
    }

    public async Task<T> ReceiveAsync<T>()
        where T : MqttPacket => (await ReceiveAsync()).Should().BeOfType<T>().Subject;

    public async Task ExpectClosedAsync() => (await ReceiveAsync()).Should().BeNull("the hub should have closed the connection");

    /// <summary>Proves that the hub has handled all before, and sent nothing but what was received.</summary>
    public async Task PingAsync()
    {
        await SendAsync(new PingReqPacket());
        await ReceiveAsync<PingRespPacket>();
    }

    public async Task<byte> SubscribeAsync(string filter, MqttQos qos = MqttQos.AtLeastOnce)
    {
        await SendAsync(new SubscribePacket(NextId(), [new MqttSubscription(filter, qos)]));
        return (await ReceiveAsync<SubAckPacket>()).ReturnCodes.Single();
    }

    public async Task<(TwinResponseTopic Status, JsonNode? Body)> GetTwinAsync()
    {
        await SendAsync(new PublishPacket(new TwinGetTopic("get-1").ToString(), default));
        return await ReceiveTwinResponseAsync();
    }

    public async Task<(TwinResponseTopic Status, JsonNode? Body)> ReportAsync(string json)
    {
        await SendAsync(new PublishPacket(new ReportedPatchTopic("patch-1").ToString(), Encoding.UTF8.GetBytes(json)));
        return await ReceiveTwinResponseAsync();
    }

    public ushort NextId() => ++_lastPacketId;

    public async ValueTask DisposeAsync()
    {
        await _stream.DisposeAsync();
        _connection.Dispose();
    }

    private async Task<(TwinResponseTopic Status, JsonNode? Body)> ReceiveTwinResponseAsync()
    {
        var packet = await ReceiveAsync<PublishPacket>();
        var topic = HubTopic.Parse(packet.Topic).Should().BeOfType<TwinResponseTopic>().Subject;
        return (topic, packet.Payload.IsEmpty ? null : JsonNode.Parse(packet.Payload.Span));
    }
}
