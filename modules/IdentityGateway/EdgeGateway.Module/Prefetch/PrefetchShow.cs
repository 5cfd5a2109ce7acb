using System.Text.Json.Nodes;
using EdgeGateway.Module.Methods;
using EdgeGateway.Module.Twins;

namespace EdgeGateway.Module.Prefetch;

/// <summary>What is fetched ahead, as answers and the module twin show it. Never addresses: they may carry signatures.</summary>
internal static class PrefetchShow
{
    /// <summary>Most failures that the twin lists.</summary>
    public const int MaxListed = 10;

    private const int MaxText = 300;

    /// <summary>One entry, for an answer.</summary>
    public static JsonObject Entry(PrefetchEntry entry) => new()
    {
        ["operationId"] = entry.Operation,
        ["sha256"] = entry.Content.Digest.ToString(),
        ["sizeInBytes"] = entry.Content.Size,
        ["state"] = entry.State.ToString(),
        ["bytes"] = entry.Bytes,
        ["until"] = TwinTime.Text(entry.Until),
        ["nextAttemptAt"] = TwinTime.Text(entry.NextAt),
        ["message"] = entry.Message is null ? null : TwinText.Limit(entry.Message, MaxText),
    };

    /// <summary>The reported component; empty where nothing is fetched ahead and nothing was wrong.</summary>
    public static JsonObject Component(IReadOnlyList<PrefetchEntry> entries, IReadOnlyList<ArgumentError> mistakes)
    {
        if (entries.Count == 0 && mistakes.Count == 0)
        {
            return [];
        }

        var problems = entries.Where(e => e.Message is not null && e.State is PrefetchState.Waiting or PrefetchState.Failed).Take(MaxListed);
        return new JsonObject
        {
            ["files"] = entries.Count,
            ["waiting"] = entries.Count(e => e.IsOpen),
            ["held"] = entries.Count(e => e.State == PrefetchState.Held),
            ["ended"] = entries.Count(e => e.State == PrefetchState.Ended),
            ["failed"] = entries.Count(e => e.State == PrefetchState.Failed),
            ["bytes"] = entries.Where(e => e.State != PrefetchState.Ended).Sum(e => e.Bytes),
            ["size"] = entries.Where(e => e.State != PrefetchState.Ended).Sum(e => e.Content.Size),
            ["problems"] = new JsonArray([.. problems.Select(Problem)]),
            ["errors"] = new JsonArray([.. mistakes.Take(MaxListed).Select(m => TwinText.Limit(m.Text, MaxText))]),
        };
    }

    private static JsonObject Problem(PrefetchEntry entry) => new()
    {
        ["sha256"] = entry.Content.Digest.ToString(),
        ["state"] = entry.State.ToString(),
        ["message"] = TwinText.Limit(entry.Message!, MaxText),
    };
}
