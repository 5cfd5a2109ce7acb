using Microsoft.Extensions.Logging;

namespace EdgeGateway.Hub.Connections.Reports;

internal sealed partial class ReportOutbox
{
    [LoggerMessage(EventId = 2163, Level = LogLevel.Information, Message = "{Identity}: reports of an earlier run wait for the hub, in {Count} parts")]
    private partial void LogLoaded(DeviceIdentity identity, int count);

    [LoggerMessage(EventId = 2164, Level = LogLevel.Information, Message = "{Identity}: {Count} reports had arrived though nothing said so; they are not sent again")]
    private partial void LogKnown(DeviceIdentity identity, int count);

    [LoggerMessage(EventId = 2165, Level = LogLevel.Warning,
        Message = "{Identity}: too much waits for the hub (Hub:OutboxMaxMilestones, Hub:OutboxMaxBytes): report '{Key}' is folded into the next and is not told by itself")]
    private partial void LogFolded(DeviceIdentity identity, string key);
}
