using System.Text.Json.Nodes;

namespace EdgeGateway.Simulators.IotHub.Twins;

/// <summary>A change of the desired section, as it is pushed to the device.</summary>
/// <param name="Patch">What changed, with null for what was removed; without <c>$version</c>.</param>
/// <param name="Version">Version of the section after the change.</param>
public sealed record DesiredChange(JsonObject Patch, long Version);
