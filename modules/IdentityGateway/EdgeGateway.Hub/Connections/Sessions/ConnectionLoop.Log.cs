using Microsoft.Extensions.Logging;

namespace EdgeGateway.Hub.Connections.Sessions;

internal sealed partial class ConnectionLoop
{
    private ILogger Log => services.Log;

    private void LogConnected(DeviceIdentity identity, HubEndpoint endpoint) => LogConnected(Log, identity, endpoint);

    private void LogFailed(DeviceIdentity identity, HubFailure failure, string why, TimeSpan wait) => LogFailed(Log, identity, failure, why, wait);

    private void LogRenewing(DeviceIdentity identity) => LogRenewing(Log, identity);

    private void LogDrainTimedOut(DeviceIdentity identity) => LogDrainTimedOut(Log, identity);

    private void LogUnexpected(Exception e, DeviceIdentity identity) => LogUnexpected(Log, e, identity);

    [LoggerMessage(EventId = 2100, Level = LogLevel.Information, Message = "{Identity}: connected to {Endpoint}")]
    private static partial void LogConnected(ILogger log, DeviceIdentity identity, HubEndpoint endpoint);

    [LoggerMessage(EventId = 2101, Level = LogLevel.Warning, Message = "{Identity}: {Failure}: {Why} Next attempt in {Wait}")]
    private static partial void LogFailed(ILogger log, DeviceIdentity identity, HubFailure failure, string why, TimeSpan wait);

    [LoggerMessage(EventId = 2102, Level = LogLevel.Information, Message = "{Identity}: the token is renewed by a new connection")]
    private static partial void LogRenewing(ILogger log, DeviceIdentity identity);

    [LoggerMessage(EventId = 2103, Level = LogLevel.Warning, Message = "{Identity}: messages were still not acknowledged when the token was renewed; they are sent again")]
    private static partial void LogDrainTimedOut(ILogger log, DeviceIdentity identity);

    [LoggerMessage(EventId = 2104, Level = LogLevel.Error, Message = "{Identity}: an unexpected error ended the connection")]
    private static partial void LogUnexpected(ILogger log, Exception e, DeviceIdentity identity);
}
