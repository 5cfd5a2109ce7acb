using Microsoft.Extensions.Logging;

namespace EdgeGateway.Content.Files;

internal sealed partial class OpenFiles
{
    [LoggerMessage(3004, LogLevel.Error, "Content {Digest} was changed on disk; it is deleted and will be downloaded again when it is wanted.")]
    private partial void LogTampered(Sha256Digest digest);

    [LoggerMessage(3005, LogLevel.Error, "Content {Digest} was changed on disk and cannot be deleted: {Reason}")]
    private partial void LogNotDeleted(Sha256Digest digest, string reason);

    [LoggerMessage(3006, LogLevel.Warning, "The last use of content {Digest} cannot be noted; after a restart it may be evicted too early: {Reason}")]
    private partial void LogNotTouched(Sha256Digest digest, string reason);

    [LoggerMessage(3007, LogLevel.Warning, "The file of content {Digest} was changed while it was in use; it is checked anew.")]
    private partial void LogChanged(Sha256Digest digest);
}
