using System.Text.Json.Nodes;

namespace EdgeGateway.Hub.Connections.Stores;

/// <summary>The desired state that was last read from the hub.</summary>
/// <param name="Schema">Form of the file.</param>
/// <param name="DesiredVersion">Its <c>$version</c>.</param>
/// <param name="ReportedVersion">The <c>$version</c> of the reported section that was last heard of; null where unknown.</param>
/// <param name="Desired">The whole desired section.</param>
internal sealed record KeptTwin(int Schema, long DesiredVersion, long? ReportedVersion, JsonObject Desired)
{
    public const int CurrentSchema = 1;
}
