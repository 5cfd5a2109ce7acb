using System.Text.Json.Nodes;

namespace EdgeGateway.Hub.Connections;

/// <summary>Marks a report that must reach the hub as it is, in its place: nothing that is reported later is folded into it.</summary>
/// <param name="Core">What it says, without what is reported along with it: found in the twin, it has arrived.</param>
/// <param name="Key">Names it for ever: a second report under the same key is left out. Null where the same may be said again.</param>
public sealed record ReportMilestone(JsonObject Core, string? Key);
