using EdgeGateway.Hub.Identity;

namespace EdgeGateway.Module.Metrics;

/// <summary>
/// Labels that every series carries, as those of the IoT Edge runtime's own modules do, so that one collector serves them all.
/// </summary>
internal static class EdgeLabels
{
    /// <summary>Hub, edge device, module, and a number that is new at each start; those that are not known are left out.</summary>
    public static IReadOnlyList<KeyValuePair<string, string>> Of(ModuleIdentity? module, string? hubHostName, Guid instance)
    {
        var labels = new List<KeyValuePair<string, string>>();
        if ((module?.HostName ?? hubHostName) is { Length: > 0 } hub)
        {
            labels.Add(new("iothub", hub));
        }

        if (module is not null)
        {
            labels.Add(new("edge_device", module.Identity.DeviceId));
            labels.Add(new("module", module.Identity.ModuleId ?? ""));
        }

        labels.Add(new("instance_number", instance.ToString()));
        return labels;
    }
}
