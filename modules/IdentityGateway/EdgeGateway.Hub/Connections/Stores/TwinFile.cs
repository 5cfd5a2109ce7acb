using System.Text.Json;
using System.Text.Json.Nodes;
using EdgeGateway.Hub.Connections.Twins;
using Microsoft.Extensions.Logging;

namespace EdgeGateway.Hub.Connections.Stores;

/// <summary>The last desired state of an identity on disk, for a start without hub.</summary>
/// <remarks>Not thread-safe.</remarks>
internal sealed class TwinFile(string path, TimeProvider time, ILogger log)
{
    private static readonly JsonSerializerOptions Strict = new() { AllowDuplicateProperties = false };

    private readonly StateFile _file = new(path, time, log);

    /// <summary>What was kept; null for nothing.</summary>
    public KeptTwin? Load() => _file.Read(bytes =>
        JsonSerializer.Deserialize<KeptTwin>(bytes, Strict) is { Schema: KeptTwin.CurrentSchema, DesiredVersion: >= 0, Desired: not null } kept
            ? kept
            : throw new JsonException($"a twin of schema {KeptTwin.CurrentSchema} is expected"));

    /// <summary>Keeps a twin.</summary>
    public bool TrySave(KeptTwin twin) => _file.TryWrite(JsonSerializer.SerializeToUtf8Bytes(twin, TwinJson.Options));
}

/// <summary>The desired state that was last read from the hub.</summary>
/// <param name="Schema">Form of the file.</param>
/// <param name="DesiredVersion">Its <c>$version</c>.</param>
/// <param name="ReportedVersion">The <c>$version</c> of the reported section that was last heard of; null where unknown.</param>
/// <param name="Desired">The whole desired section.</param>
internal sealed record KeptTwin(int Schema, long DesiredVersion, long? ReportedVersion, JsonObject Desired)
{
    public const int CurrentSchema = 1;
}
