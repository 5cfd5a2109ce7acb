using Microsoft.Extensions.Logging;

namespace EdgeGateway.Content.Downloads;

internal sealed partial class Downloader
{
    [LoggerMessage(3020, LogLevel.Information, "Content {Digest} of {Bytes} bytes: downloading from {Source}, {Present} bytes are present already.")]
    private partial void LogStarted(Sha256Digest digest, long bytes, string source, long present);

    [LoggerMessage(3021, LogLevel.Information, "Content {Digest} of {Bytes} bytes was downloaded from {Source} in {Seconds:F1} s and checked.")]
    private partial void LogDone(Sha256Digest digest, long bytes, string source, double seconds);

    [LoggerMessage(3022, LogLevel.Warning, "Content {Digest} broke off at byte {Present} ({Failure}): {Reason} Next try in {Wait}.")]
    private partial void LogRetry(Sha256Digest digest, long present, ContentFailure failure, string reason, TimeSpan wait);

    [LoggerMessage(3023, LogLevel.Warning, "Content {Digest}, as far as {Source} sent it, has digest {Actual}; it is downloaded afresh.")]
    private partial void LogAfresh(Sha256Digest digest, string source, Sha256Digest actual);

    [LoggerMessage(3024, LogLevel.Warning, "The last bytes of unfinished content {Digest} are not noted and will be downloaded again: {Reason}")]
    private partial void LogNotKept(Sha256Digest digest, string reason);

    [LoggerMessage(3025, LogLevel.Warning, "Content {Digest} is downloaded afresh: {Reason}")]
    private partial void LogWrong(Sha256Digest digest, string reason);
}
