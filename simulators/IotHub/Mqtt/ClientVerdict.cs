using EdgeGateway.Hub.Mqtt;
using EdgeGateway.Simulators.IotHub.Registry;

namespace EdgeGateway.Simulators.IotHub.Mqtt;

/// <summary>Outcome of checking a CONNECT packet.</summary>
/// <param name="Code">What the client is told.</param>
/// <param name="Identity">Who it is; null where refused.</param>
/// <param name="TokenExpiry">When the connection has to end.</param>
/// <param name="Reason">Why it was refused, for the log; empty where accepted.</param>
internal sealed record ClientVerdict(ConnectReturnCode Code, HubIdentity? Identity, DateTimeOffset TokenExpiry, string Reason)
{
    public static ClientVerdict Accept(HubIdentity identity, DateTimeOffset tokenExpiry) =>
        new(ConnectReturnCode.Accepted, identity, tokenExpiry, string.Empty);

    public static ClientVerdict Refuse(ConnectReturnCode code, string reason) => new(code, null, default, reason);
}
