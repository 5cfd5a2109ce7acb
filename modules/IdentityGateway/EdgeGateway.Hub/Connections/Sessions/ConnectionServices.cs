using EdgeGateway.Hub.Connections.Pacing;
using EdgeGateway.Hub.Connections.Transport;
using EdgeGateway.Hub.Identity;
using Microsoft.Extensions.Logging;

namespace EdgeGateway.Hub.Connections.Sessions;

/// <summary>Services that all connections share.</summary>
/// <param name="ReportInterval">Reads the shortest time between two reports, which may change while connections run.</param>
internal sealed record ConnectionServices(
    IHubTransport Transport,
    ITokenProvider Tokens,
    ConnectGate Gate,
    TimeProvider Time,
    Jitter Jitter,
    Func<TimeSpan> ReportInterval,
    HubMetrics Metrics,
    ILogger Log);
