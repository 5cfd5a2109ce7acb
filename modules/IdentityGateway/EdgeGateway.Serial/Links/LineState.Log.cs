using Microsoft.Extensions.Logging;

namespace EdgeGateway.Serial.Links;

internal sealed partial class LineState
{
    [LoggerMessage(1000, LogLevel.Warning, "Line {Port} failed ({Failure}): {Reason}")]
    private static partial void LogFailed(ILogger logger, string port, LinkFailure failure, string reason);
}
