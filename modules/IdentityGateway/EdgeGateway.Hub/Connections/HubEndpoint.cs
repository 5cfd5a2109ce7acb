using EdgeGateway.Hub.Connections.Transport;

namespace EdgeGateway.Hub.Connections;

/// <summary>Where an identity connects to.</summary>
/// <param name="HostName">The IoT Hub, as named in tokens.</param>
/// <param name="GatewayHostName">Gateway to connect to in its stead; null for none.</param>
/// <param name="Port">TCP port.</param>
/// <param name="Transport">What carries MQTT.</param>
public sealed record HubEndpoint(string HostName, string? GatewayHostName, int Port, HubTransport Transport = HubTransport.Mqtt)
{
    /// <summary>The host that is connected to, and whose name its certificate must bear.</summary>
    public string ConnectHost => GatewayHostName ?? HostName;

    /// <summary>True where a gateway stands between; false for the cloud, also where the hub itself is named as the gateway.</summary>
    public bool IsThroughGateway =>
        GatewayHostName is not null && !string.Equals(GatewayHostName, HostName, StringComparison.OrdinalIgnoreCase);

    public override string ToString() => $"{ConnectHost}:{Port}";
}
