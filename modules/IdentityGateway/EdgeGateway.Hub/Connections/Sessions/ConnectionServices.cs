using EdgeGateway.Hub.Connections.Pacing;
using EdgeGateway.Hub.Connections.Transport;
using EdgeGateway.Hub.Identity;
using Microsoft.Extensions.Logging;

namespace EdgeGateway.Hub.Connections.Sessions;

/// <summary>What all connections share.</summary>
internal sealed record ConnectionServices(
    IHubTransport Transport,
    ITokenProvider Tokens,
    ConnectGate Gate,
    TimeProvider Time,
    Jitter Jitter,
    HubMetrics Metrics,
    ILogger Log);
