using Microsoft.Extensions.Logging;

namespace EdgeGateway.Hub.Connections.Sessions;

internal sealed partial class Inbound
{
    [LoggerMessage(EventId = 2140, Level = LogLevel.Warning, Message = "{Identity}: a message was not taken, too many wait; the hub will deliver it again")]
    private partial void LogMessageNotTaken(DeviceIdentity identity);

    [LoggerMessage(EventId = 2141, Level = LogLevel.Debug, Message = "{Identity}: a message could not be acknowledged and will come again: {Why}")]
    private partial void LogAcknowledgementLost(DeviceIdentity identity, string why);

    [LoggerMessage(EventId = 2142, Level = LogLevel.Error, Message = "{Identity}: direct method '{Method}' failed")]
    private partial void LogMethodFailed(Exception e, DeviceIdentity identity, string method);
}
