using System.Text.Json;
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
