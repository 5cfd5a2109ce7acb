using Microsoft.Extensions.Logging;

namespace EdgeGateway.Scenarios.Site;

/// <summary>A line of the gateway's log.</summary>
internal sealed record LogEntry(TimeSpan At, LogLevel Level, int EventId, string Category, string Message, Exception? Problem)
{
    public override string ToString() =>
        $"{At:ss\\.fff} {Level} {EventId} {Category[(Category.LastIndexOf('.') + 1)..]}: {Message}{(Problem is null ? "" : Environment.NewLine + Problem)}";
}
