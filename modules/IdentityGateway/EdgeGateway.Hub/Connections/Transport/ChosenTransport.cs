namespace EdgeGateway.Hub.Connections.Transport;

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
