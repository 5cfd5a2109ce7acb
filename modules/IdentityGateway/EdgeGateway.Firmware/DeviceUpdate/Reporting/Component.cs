using System.Text.Json.Nodes;

namespace EdgeGateway.Firmware.DeviceUpdate.Reporting;

/// <summary>Patches of plug-and-play components: each carries the mark <c>"__t":"c"</c>.</summary>
internal static class Component
{
    public static JsonObject Patch(string name, JsonObject content)
    {
        content["__t"] = "c";
        return new JsonObject { [name] = content };
    }
}
