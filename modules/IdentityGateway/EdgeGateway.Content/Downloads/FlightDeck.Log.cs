using Microsoft.Extensions.Logging;

namespace EdgeGateway.Content.Downloads;

internal sealed partial class FlightDeck
{
    [LoggerMessage(3041, LogLevel.Warning, "Content {Digest} is not available ({Failure}): {Reason}")]
    private partial void LogFailed(Sha256Digest digest, ContentFailure failure, string reason);

    [LoggerMessage(3042, LogLevel.Information, "Content {Digest} is wanted by nobody any more; what came of it is kept.")]
    private partial void LogDeserted(Sha256Digest digest);
}
