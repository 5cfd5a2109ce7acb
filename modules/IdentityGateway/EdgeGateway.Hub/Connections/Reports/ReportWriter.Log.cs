using Microsoft.Extensions.Logging;

namespace EdgeGateway.Hub.Connections.Reports;

internal sealed partial class ReportWriter
{
    [LoggerMessage(EventId = 2160, Level = LogLevel.Error, Message = "{Identity}: reported property '{Property}' was dropped: {Why}")]
    private partial void LogDropped(DeviceIdentity identity, string property, string why);

    [LoggerMessage(EventId = 2161, Level = LogLevel.Warning, Message = "{Identity}: a report of {Count} properties was refused and is sent property by property: {Why}")]
    private partial void LogSplit(DeviceIdentity identity, int count, string why);

    [LoggerMessage(EventId = 2162, Level = LogLevel.Warning, Message = "{Identity}: a report was not taken and is sent again later: {Why}")]
    private partial void LogBackOff(DeviceIdentity identity, string why);
}
