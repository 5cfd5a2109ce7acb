namespace EdgeGateway.Hub.Connections.Transport;

/// <summary>Opens the stream that MQTT runs on: TLS over TCP in the product, memory in tests.</summary>
public interface IHubTransport
{
    /// <summary>Connects once.</summary>
    /// <exception cref="HubException"><see cref="HubFailure.Unreachable"/> or <see cref="HubFailure.Untrusted"/>.</exception>
    Task<Stream> ConnectAsync(HubEndpoint endpoint, CancellationToken cancellationToken);
}

/// <summary>What MQTT is carried by.</summary>
public enum HubTransport
{
    /// <summary>TLS over TCP, port 8883.</summary>
    Mqtt,

    /// <summary>WebSockets over TLS, port 443, for sites where only that port is open; the only one that goes through an HTTP proxy.</summary>
    WebSockets,
}

/// <summary>Connects by what the endpoint says.</summary>
public sealed class ChosenTransport(TlsTransport mqtt, WebSocketTransport webSockets) : IHubTransport
{
    public Task<Stream> ConnectAsync(HubEndpoint endpoint, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(endpoint);
        IHubTransport transport = endpoint.Transport == HubTransport.WebSockets ? webSockets : mqtt;
        return transport.ConnectAsync(endpoint, cancellationToken);
    }
}
