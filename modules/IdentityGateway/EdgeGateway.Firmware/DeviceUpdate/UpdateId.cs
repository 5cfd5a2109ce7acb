using System.Text.Json.Nodes;

namespace EdgeGateway.Firmware.DeviceUpdate;

/// <summary>Name of an update in the Device Update service.</summary>
/// <param name="Provider">Who made it, 1 to 64 letters, digits, dots or dashes.</param>
/// <param name="Name">What it is, same rule.</param>
/// <param name="Version">Two to four numbers with dots between.</param>
public sealed record UpdateId(string Provider, string Name, string Version)
{
    /// <summary>The JSON text that the twin carries as <c>installedUpdateId</c>.</summary>
    public string ToJson() =>
        new JsonObject { ["provider"] = Provider, ["name"] = Name, ["version"] = Version }.ToJsonString();

    public override string ToString() => $"{Provider}/{Name}/{Version}";
}
