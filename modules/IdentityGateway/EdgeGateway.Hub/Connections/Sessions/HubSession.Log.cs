using Microsoft.Extensions.Logging;

namespace EdgeGateway.Hub.Connections.Sessions;

internal sealed partial class HubSession
{
    [LoggerMessage(EventId = 2120, Level = LogLevel.Debug, Message = "{Identity}: leaving the hub in order failed: {Why}")]
    private partial void LogDisconnectLost(DeviceIdentity identity, string why);

    [LoggerMessage(EventId = 2121, Level = LogLevel.Warning, Message = "{Identity}: a message with the unknown topic '{Topic}' was dropped")]
    private partial void LogUnknownTopic(DeviceIdentity identity, string topic);
}
