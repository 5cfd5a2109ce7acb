using EdgeGateway.Serial;
using Microsoft.Extensions.Logging;

namespace EdgeGateway.Firmware.Content;

public sealed partial class ContentStore
{
    [LoggerMessage(3040, LogLevel.Error, "Content {Digest} was changed on disk; it is deleted and will be downloaded again when it is wanted.")]
    private partial void LogTampered(Sha256Digest digest);

    [LoggerMessage(3041, LogLevel.Warning, "Content {Digest} is not available ({Failure}): {Reason}")]
    private partial void LogFailed(Sha256Digest digest, ContentFailure failure, string reason);

    [LoggerMessage(3042, LogLevel.Information, "Content {Digest} is wanted by nobody any more; what came of it is kept.")]
    private partial void LogDeserted(Sha256Digest digest);

    [LoggerMessage(3043, LogLevel.Warning, "The time at which content {Digest} was used last cannot be noted; it may be evicted too early after a restart: {Reason}")]
    private partial void LogNotTouched(Sha256Digest digest, string reason);

    [LoggerMessage(3044, LogLevel.Error, "Content {Digest} was changed on disk and cannot be deleted: {Reason}")]
    private partial void LogNotDeleted(Sha256Digest digest, string reason);
}
