using EdgeGateway.Hub.Connections;
using EdgeGateway.Hub.Connections.Transport;

namespace EdgeGateway.Hub.Identity;

/// <summary>Who this process is at the hub when it runs as an IoT Edge module.</summary>
/// <param name="Identity">Device and module id.</param>
/// <param name="HostName">The IoT Hub.</param>
/// <param name="GatewayHostName">The edgeHub to connect to; null for the hub itself.</param>
/// <param name="Tokens">Makes its tokens.</param>
/// <param name="GatewayTrust">Authorities that vouch for the gateway; null for the usual ones.</param>
public sealed record ModuleIdentity(
    DeviceIdentity Identity, string HostName, string? GatewayHostName, ITokenProvider Tokens, ITrustSource? GatewayTrust)
{
    /// <summary>The security daemon that vouches for the module; null where a key at hand does.</summary>
    public WorkloadClient? Workload { get; init; }
}
