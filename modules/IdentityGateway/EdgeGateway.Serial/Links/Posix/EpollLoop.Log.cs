using Microsoft.Extensions.Logging;

namespace EdgeGateway.Serial.Links.Posix;

internal sealed unsafe partial class EpollLoop
{
    [LoggerMessage(1020, LogLevel.Critical, "The loop of all serial ports failed; they are closed until the gateway starts again")]
    private static partial void LogLoopFailed(ILogger logger, Exception exception);
}
