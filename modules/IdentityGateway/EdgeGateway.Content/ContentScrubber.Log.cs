using Microsoft.Extensions.Logging;

namespace EdgeGateway.Content;

internal sealed partial class ContentScrubber
{
    [LoggerMessage(3044, LogLevel.Information, "All content was read and checked: {Items} items, {Bytes} bytes of which are good and were not in use.")]
    private partial void LogDone(int items, long bytes);

    [LoggerMessage(3045, LogLevel.Warning, "The content of the store cannot be checked: {Reason}")]
    private partial void LogFailed(string reason);
}
