using EdgeGateway.Content;

namespace EdgeGateway.Module.Prefetch;

internal sealed partial class Prefetcher
{
    [LoggerMessage(4501, LogLevel.Information, "Prefetch {Operation}: {Files} files of {Bytes} bytes are fetched ahead and kept until {Until:u}")]
    private partial void LogOrdered(string operation, int files, long bytes, DateTimeOffset until);

    [LoggerMessage(4502, LogLevel.Information, "Prefetch {Operation}: content {Digest} of {Bytes} bytes is here")]
    private partial void LogHeld(string operation, Sha256Digest digest, long bytes);

    [LoggerMessage(4503, LogLevel.Warning, "Prefetch {Operation}: content {Digest} is not here ({Failure}), tried again at {NextAt:u}: {Reason}")]
    private partial void LogPutOff(string operation, Sha256Digest digest, ContentFailure failure, DateTimeOffset nextAt, string reason);

    [LoggerMessage(4504, LogLevel.Error, "Prefetch {Operation}: content {Digest} is given up ({Failure}): {Reason}")]
    private partial void LogFailed(string operation, Sha256Digest digest, ContentFailure failure, string reason);

    [LoggerMessage(4505, LogLevel.Warning, "What is fetched ahead cannot be noted; a restart would begin it anew: {Reason}")]
    private partial void LogNotNoted(string reason);

    [LoggerMessage(4506, LogLevel.Warning, "The store cannot tell what it holds, or let go of it: {Reason}")]
    private partial void LogStoreFails(string reason);
}
