using System.Text.Json.Nodes;

namespace EdgeGateway.Hub.Connections;

/// <summary>A twin as read from the hub.</summary>
/// <param name="Desired">Desired properties without <c>$version</c>.</param>
/// <param name="DesiredVersion">Its <c>$version</c>; null where the hub (an edgeHub that never synced) does not know one.</param>
/// <param name="Reported">
/// Reported properties without <c>$version</c>, as they will be once everything that was reported here has arrived.
/// </param>
/// <param name="ReportedVersion">Its <c>$version</c>; null where unknown.</param>
public sealed record TwinDocument(JsonObject Desired, long? DesiredVersion, JsonObject Reported, long? ReportedVersion)
{
    /// <summary>
    /// True where the hub is away and this is the desired state that was last read, in an earlier run; <see cref="Reported"/> is not known then.
    /// </summary>
    public bool IsRemembered { get; init; }
}
