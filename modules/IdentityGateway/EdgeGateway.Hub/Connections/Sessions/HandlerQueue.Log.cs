using Microsoft.Extensions.Logging;

namespace EdgeGateway.Hub.Connections.Sessions;

internal sealed partial class HandlerQueue
{
    [LoggerMessage(EventId = 2130, Level = LogLevel.Error, Message = "{Identity}: the handler of the connection failed")]
    private partial void LogHandlerFailed(Exception e, DeviceIdentity identity);
}
