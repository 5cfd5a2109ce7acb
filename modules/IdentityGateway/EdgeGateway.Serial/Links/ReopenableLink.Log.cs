using Microsoft.Extensions.Logging;

namespace EdgeGateway.Serial.Links;

internal sealed partial class ReopenableLink
{
    [LoggerMessage(1001, LogLevel.Information, "Line {Port} opened ({BytesPerSecond} bytes/s)")]
    private static partial void LogOpened(ILogger logger, string port, double? bytesPerSecond);

    [LoggerMessage(1002, LogLevel.Information, "Line {Port} closed")]
    private static partial void LogClosed(ILogger logger, string port);
}
