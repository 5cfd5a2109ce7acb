using EdgeGateway.Hub.Connections;
using EdgeGateway.Simulators.IotHub.Registry;

namespace EdgeGateway.Simulators.IotHub.Edge;

internal sealed partial class UpstreamLink
{
    [LoggerMessage(6110, LogLevel.Information, "{Client} upstream: {State} {Detail}")]
    private partial void LogStatus(IdentityName client, ConnectionState state, string detail);

    [LoggerMessage(6111, LogLevel.Information, "{Client}: the twin was read too short a time ago, the one after the reconnect is left out")]
    private partial void LogTwinNotDue(IdentityName client);

    [LoggerMessage(6112, LogLevel.Information, "{Client}: reports wait, {Failure}: {Reason}")]
    private partial void LogReportsWait(IdentityName client, HubFailure failure, string reason);

    [LoggerMessage(6113, LogLevel.Information, "{Client}: a message waits: {Reason}")]
    private partial void LogMessageWaits(IdentityName client, string reason);

    [LoggerMessage(6114, LogLevel.Warning, "{Client}: a message was refused and given up: {Reason}")]
    private partial void LogMessageRefused(IdentityName client, string reason);

    [LoggerMessage(6115, LogLevel.Warning, "{Client}: a message of {At} has waited too long and was given up")]
    private partial void LogMessageExpired(IdentityName client, DateTimeOffset at);
}
