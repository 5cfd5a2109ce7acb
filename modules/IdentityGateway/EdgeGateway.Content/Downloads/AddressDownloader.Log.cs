using Microsoft.Extensions.Logging;

namespace EdgeGateway.Content.Downloads;

internal sealed partial class AddressDownloader
{
    [LoggerMessage(3034, LogLevel.Information, "{Address} holds content {Digest} of {Bytes} bytes; it was downloaded.")]
    private partial void LogDone(string address, Sha256Digest digest, long bytes);

    [LoggerMessage(3035, LogLevel.Warning, "The {What} broke off at byte {Present} ({Failure}): {Reason} Next try in {Wait}.")]
    private partial void LogRetry(string what, long present, ContentFailure failure, string reason, TimeSpan wait);

    [LoggerMessage(3036, LogLevel.Warning, "The last bytes of unfinished content of {Address} are not noted and will be downloaded again: {Reason}")]
    private partial void LogNotKept(string address, string reason);
}
