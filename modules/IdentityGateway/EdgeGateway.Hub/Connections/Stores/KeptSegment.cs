using System.Text.Json.Nodes;

namespace EdgeGateway.Hub.Connections.Stores;

/// <summary>A stretch of reports on disk.</summary>
/// <param name="Patches">Merge patches, in order.</param>
/// <param name="At">When the oldest of it was reported.</param>
/// <param name="Key">Key of the milestone at its end; null for none, or for one without key.</param>
/// <param name="Core">What the milestone itself says; null where there is none.</param>
internal sealed record KeptSegment(IReadOnlyList<JsonObject> Patches, DateTimeOffset At, string? Key, JsonObject? Core);
