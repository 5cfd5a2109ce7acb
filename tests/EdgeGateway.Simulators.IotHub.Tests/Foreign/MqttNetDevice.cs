using System.Buffers;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Threading.Channels;
using EdgeGateway.Simulators.IotHub.Registry;
using EdgeGateway.Simulators.IotHub.Tests.Security;
using EdgeGateway.Testing;
using MQTTnet;
using MQTTnet.Formatter;
using MQTTnet.Protocol;

namespace EdgeGateway.Simulators.IotHub.Tests.Foreign;

/// <summary>A device that speaks to the hub with the client of MQTTnet, over TLS or over WebSockets.</summary>
internal sealed class MqttNetDevice : IAsyncDisposable
{
    private readonly IMqttClient _client = new MqttClientFactory().CreateMqttClient();
    private readonly Channel<(string Topic, string Payload, MqttQualityOfServiceLevel Qos)> _received =
        Channel.CreateUnbounded<(string, string, MqttQualityOfServiceLevel)>();

    private MqttNetDevice() => _client.ApplicationMessageReceivedAsync += async e =>
        await _received.Writer.WriteAsync((
            e.ApplicationMessage.Topic,
            Encoding.UTF8.GetString(e.ApplicationMessage.Payload.ToArray()),
            e.ApplicationMessage.QualityOfServiceLevel));

    /// <summary>Connects and expects to be accepted.</summary>
    public static async Task<MqttNetDevice> ConnectAsync(HubEnvironment environment, bool webSockets)
    {
        var device = new MqttNetDevice();
        await device.ConnectAsync(environment, environment.Device, webSockets);
        return device;
    }

    /// <summary>Tries to connect with the token of some key.</summary>
    /// <returns>The return code of the CONNACK.</returns>
    public static async Task<MqttClientConnectResultCode> TryConnectAsync(HubEnvironment environment, bool webSockets, string key)
    {
        await using var device = new MqttNetDevice();
        return await device.ConnectAsync(environment, environment.Device, webSockets, key);
    }

    public async Task<byte> SubscribeAsync(string filter, MqttQualityOfServiceLevel qos = MqttQualityOfServiceLevel.AtLeastOnce)
    {
        using var limit = new CancellationTokenSource(TestLimits.Wait);
        var result = await _client.SubscribeAsync(new MqttClientSubscribeOptionsBuilder().WithTopicFilter(filter, qos).Build(), limit.Token);
        return (byte)result.Items.Single().ResultCode;
    }

    public async Task PublishAsync(string topic, string payload = "", MqttQualityOfServiceLevel qos = MqttQualityOfServiceLevel.AtMostOnce)
    {
        using var limit = new CancellationTokenSource(TestLimits.Wait);
        await _client.PublishAsync(
            new MqttApplicationMessageBuilder().WithTopic(topic).WithPayload(payload).WithQualityOfServiceLevel(qos).Build(), limit.Token);
    }

    /// <summary>Waits for the next message of the hub.</summary>
    public async Task<(string Topic, string Payload, MqttQualityOfServiceLevel Qos)> ReceiveAsync()
    {
        using var limit = new CancellationTokenSource(TestLimits.Wait);
        return await _received.Reader.ReadAsync(limit.Token);
    }

    public async ValueTask DisposeAsync()
    {
        if (_client.IsConnected)
        {
            await _client.DisconnectAsync();
        }

        _client.Dispose();
    }

    private async Task<MqttClientConnectResultCode> ConnectAsync(HubEnvironment environment, HubIdentity identity, bool webSockets, string? key = null)
    {
        var hub = environment.Hub;
        var token = new TokenMaker(hub.HostName, environment.Time).Make(identity.Name.ResourcePath, key ?? identity.Record.PrimaryKey, TimeSpan.FromHours(1));
        var options = new MqttClientOptionsBuilder()
            .WithProtocolVersion(MqttProtocolVersion.V311)
            .WithClientId(identity.Name.ToString())
            .WithCredentials($"{hub.HostName}/{identity.Name}/?api-version=2021-04-12", token)
            .WithTimeout(TestLimits.Wait)
            .WithTlsOptions(tls => tls.UseTls().WithTargetHost(hub.HostName).WithCertificateValidationHandler(e => IsTrusted(environment, e.Certificate)));
        options = webSockets
            ? options.WithWebSocketServer(socket => socket.WithUri($"wss://{hub.HttpsEndpoint}/$iothub/websocket").WithSubProtocols(["mqtt"]))
            : options.WithTcpServer(hub.MqttEndpoint.Address.ToString(), hub.MqttEndpoint.Port);
        using var limit = new CancellationTokenSource(TestLimits.Wait);
        return (await _client.ConnectAsync(options.Build(), limit.Token)).ResultCode;
    }

    private static bool IsTrusted(HubEnvironment environment, X509Certificate certificate)
    {
        using var chain = new X509Chain { ChainPolicy = environment.Trust.Clone() };
        using var server = new X509Certificate2(certificate);
        return chain.Build(server);
    }
}
