namespace EdgeGateway.Hub.Connections.Transport;

/// <summary>Opens the stream that MQTT runs on: TLS over TCP in the product, memory in tests.</summary>
public interface IHubTransport
{
    /// <summary>Connects once.</summary>
    /// <exception cref="HubException"><see cref="HubFailure.Unreachable"/> or <see cref="HubFailure.Untrusted"/>.</exception>
    Task<Stream> ConnectAsync(HubEndpoint endpoint, CancellationToken cancellationToken);
}
