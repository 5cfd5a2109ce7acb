using Microsoft.Extensions.Logging;

namespace EdgeGateway.Hub.Connections;

internal sealed partial class DeviceConnection
{
    [LoggerMessage(EventId = 2110, Level = LogLevel.Warning, Message = "{Identity}: while closing, {What} within {Timeout}")]
    private partial void LogNotStopped(DeviceIdentity identity, string what, TimeSpan timeout);
}
