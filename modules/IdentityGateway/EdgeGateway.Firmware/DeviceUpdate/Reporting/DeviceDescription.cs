using System.Text.Json.Nodes;
using EdgeGateway.Serial.Drivers;

namespace EdgeGateway.Firmware.DeviceUpdate.Reporting;

/// <summary>What the service must know of a microcontroller to find updates for it (contract 1.3 and 1.5).</summary>
public static class DeviceDescription
{
    /// <summary>The properties that make a device class: what a manifest's compatibility is compared with.</summary>
    public const string CompatPropertyNames = "manufacturer,model";

    private const int MaxText = 64;

    /// <summary>Start-up patch of the <c>deviceUpdate</c> component: who this is and which contract it follows.</summary>
    public static JsonObject AgentPatch(McuFacts facts)
    {
        ArgumentNullException.ThrowIfNull(facts);
        return Component.Patch("deviceUpdate", new JsonObject
        {
            ["agent"] = new JsonObject
            {
                ["deviceProperties"] = new JsonObject
                {
                    ["manufacturer"] = Text(facts.Vendor),
                    ["model"] = Text(facts.Model),
                    ["hwRev"] = Text(facts.HardwareRevision),
                    ["interfaceId"] = null,
                    ["contractModelId"] = ModelIds.ContractModel,
                    ["aduVer"] = ModelIds.AgentVersion,
                },
                ["compatPropertyNames"] = CompatPropertyNames,
            },
        });
    }

    /// <summary>Patch of the <c>deviceInformation</c> component, filled with the microcontroller's own facts, not the gateway's.</summary>
    public static JsonObject InformationPatch(McuFacts facts)
    {
        ArgumentNullException.ThrowIfNull(facts);
        return Component.Patch("deviceInformation", new JsonObject
        {
            ["manufacturer"] = Text(facts.Vendor),
            ["model"] = Text(facts.Model),
            ["swVersion"] = Text(facts.RunningVersion),
            ["totalStorage"] = facts.SlotSize / 1024,
        });
    }

    /// <summary>At most 64 characters; null, which removes the property, for nothing.</summary>
    private static string? Text(string text) => text.Length switch
    {
        0 => null,
        > MaxText => text[..MaxText],
        _ => text,
    };
}
