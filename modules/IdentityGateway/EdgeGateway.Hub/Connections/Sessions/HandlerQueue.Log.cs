using Microsoft.Extensions.Logging;

namespace EdgeGateway.Hub.Connections.Sessions;

internal sealed partial class HandlerQueue
{
    [LoggerMessage(EventId = 2130, Level = LogLevel.Error, Message = "{Identity}: the handler of the connection failed")]
    private partial void LogHandlerFailed(Exception e, DeviceIdentity identity);

    [LoggerMessage(EventId = 2131, Level = LogLevel.Debug, Message = "{Identity}: closed; calls to the handler that still waited are not made")]
    private partial void LogCallsGivenUp(DeviceIdentity identity);
}
