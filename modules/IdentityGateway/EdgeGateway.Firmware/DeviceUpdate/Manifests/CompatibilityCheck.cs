using EdgeGateway.Serial.Drivers;

namespace EdgeGateway.Firmware.DeviceUpdate.Manifests;

/// <summary>
/// Compares a manifest with a microcontroller. The service does so too, but who writes the twin decides what arrives, and a wrong image
/// bricks.
/// </summary>
public static class CompatibilityCheck
{
    private const string Manufacturer = "manufacturer";
    private const string Model = "model";
    private const string HardwareRevision = "hwRev";

    /// <summary>True if one map names manufacturer and model, and every name in it is known and equal (ordinal).</summary>
    public static bool Fits(IReadOnlyList<IReadOnlyDictionary<string, string>> compatibility, McuFacts facts)
    {
        ArgumentNullException.ThrowIfNull(compatibility);
        ArgumentNullException.ThrowIfNull(facts);
        return compatibility.Any(map => map.ContainsKey(Manufacturer) && map.ContainsKey(Model)
            && map.All(p => Known(p.Key, facts) is { } value && string.Equals(value, p.Value, StringComparison.Ordinal)));
    }

    /// <summary>What the manifest wants and what is there, in plain words.</summary>
    public static string Explain(IReadOnlyList<IReadOnlyDictionary<string, string>> compatibility, McuFacts facts)
    {
        ArgumentNullException.ThrowIfNull(compatibility);
        ArgumentNullException.ThrowIfNull(facts);
        var wanted = string.Join(" or ", compatibility.Select(m => string.Join(", ", m.Select(p => $"{p.Key} '{p.Value}'"))));
        return $"the update is for {wanted}; "
            + $"this is {Manufacturer} '{facts.Vendor}', {Model} '{facts.Model}', {HardwareRevision} '{facts.HardwareRevision}'";
    }

    private static string? Known(string name, McuFacts facts) => name switch
    {
        Manufacturer => facts.Vendor,
        Model => facts.Model,
        HardwareRevision => facts.HardwareRevision,
        _ => null,
    };
}
