using Microsoft.Extensions.Logging;

namespace EdgeGateway.Serial.Links.Posix;

internal sealed partial class TermiosOpener
{
    [LoggerMessage(1010, LogLevel.Debug, "Line {Port}: its driver has no low-latency setting ({Reason})")]
    private static partial void LogNoLowLatency(ILogger logger, string port, string reason);

    [LoggerMessage(1011, LogLevel.Debug, "Line {Port}: its driver does not switch the direction, the adapter must do so by itself ({Reason})")]
    private static partial void LogNoDirectionControl(ILogger logger, string port, string reason);
}
