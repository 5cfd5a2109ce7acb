using EdgeGateway.Content.Sources.Order;
using Microsoft.Extensions.Logging;

namespace EdgeGateway.Content.Sources;

public sealed partial class OrderedContentSource
{
    [LoggerMessage(3060, LogLevel.Warning, "Source {Source} is avoided for {Time} ({Fault}): {Reason}")]
    private partial void LogBanned(string source, SourceFault fault, TimeSpan time, string reason);
}
