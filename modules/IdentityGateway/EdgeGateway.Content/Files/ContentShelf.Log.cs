using Microsoft.Extensions.Logging;

namespace EdgeGateway.Content.Files;

internal sealed partial class ContentShelf
{
    [LoggerMessage(3000, LogLevel.Information, "Content store {Folder} has {Count} items of {Bytes} bytes.")]
    private partial void LogOpened(string folder, int count, long bytes);

    [LoggerMessage(3001, LogLevel.Warning, "{Path} does not belong into a content store; files are deleted, folders left alone.")]
    private partial void LogStrange(string path);

    [LoggerMessage(3002, LogLevel.Information, "Content {Digest} of {Bytes} bytes was evicted to make room; complete: {Complete}.")]
    private partial void LogEvicted(Sha256Digest digest, long bytes, bool complete);

    [LoggerMessage(3003, LogLevel.Warning, "The {Bytes} bytes of unfinished content {Digest} were given up because the disk has only {Free} bytes free.")]
    private partial void LogPartialDropped(Sha256Digest digest, long bytes, long free);
}
