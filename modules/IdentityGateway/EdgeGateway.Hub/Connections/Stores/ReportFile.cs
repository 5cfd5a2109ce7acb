using System.Text.Json;
using System.Text.Json.Nodes;
using EdgeGateway.Hub.Connections.Twins;
using Microsoft.Extensions.Logging;

namespace EdgeGateway.Hub.Connections.Stores;

/// <summary>What an identity has still to report, on disk.</summary>
/// <remarks>Not thread-safe.</remarks>
internal sealed class ReportFile(string path, TimeProvider time, ILogger log)
{
    private static readonly JsonSerializerOptions Strict = new() { AllowDuplicateProperties = false };

    private readonly StateFile _file = new(path, time, log);

    /// <summary>What was kept; null for nothing.</summary>
    public KeptReports? Load() => _file.Read(bytes =>
        JsonSerializer.Deserialize<KeptReports>(bytes, Strict) is { Schema: KeptReports.CurrentSchema, Segments: not null, Known: not null } kept
        && kept.Segments.All(s => s is { Patches: not null } && s.Patches.All(p => p is not null)) && kept.Known.All(k => k is not null)
            ? kept
            : throw new JsonException($"reports of schema {KeptReports.CurrentSchema} are expected"));

    /// <summary>Replaces what is kept.</summary>
    public bool TrySave(KeptReports reports) => _file.TryWrite(JsonSerializer.SerializeToUtf8Bytes(reports, TwinJson.Options));
}

/// <summary>All that an identity has still to report, on disk.</summary>
/// <param name="Schema">Form of the file.</param>
/// <param name="Segments">What the hub has not acknowledged, in order.</param>
/// <param name="Known">Keys of the last milestones, delivered or not: none of them is reported twice.</param>
internal sealed record KeptReports(int Schema, IReadOnlyList<KeptSegment> Segments, IReadOnlyList<string> Known)
{
    public const int CurrentSchema = 1;
}

/// <summary>A stretch of reports on disk.</summary>
/// <param name="Patches">Merge patches, in order.</param>
/// <param name="At">When the oldest of it was reported.</param>
/// <param name="Key">Key of the milestone at its end; null for none, or for one without key.</param>
/// <param name="Core">What the milestone itself says; null where there is none.</param>
internal sealed record KeptSegment(IReadOnlyList<JsonObject> Patches, DateTimeOffset At, string? Key, JsonObject? Core);
