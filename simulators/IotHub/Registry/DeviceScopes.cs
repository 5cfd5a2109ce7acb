using System.Globalization;
using EdgeGateway.Simulators.IotHub.Errors;

namespace EdgeGateway.Simulators.IotHub.Registry;

/// <summary>
/// Which device lies behind which edge device. As in IoT Hub, an edge device has a scope of its own, a leaf has the scope of its parent, and an edge device
/// behind another one names that one's scope as its parent's. Modules lie where their device is.
/// </summary>
/// <remarks>Thread-safe.</remarks>
public sealed class DeviceScopes(IdentityRegistry registry)
{
    /// <summary>Edge devices that may lie behind one another, below the topmost.</summary>
    public const int MaxNesting = 5;

    private const string Scheme = "ms-azure-iot-edge://";

    /// <summary>The edge device directly above a device; for a module, above its device. Null for none.</summary>
    public HubIdentity? ParentOf(IdentityName name) =>
        registry.Find(new IdentityName(name.DeviceId))?.Record.ParentScope is { } scope ? EdgeWith(scope) : null;

    /// <summary>Whether an identity is an edge device's own, a module of it, or anywhere below it.</summary>
    public bool IsWithin(IdentityName name, string edgeId) => name.DeviceId == edgeId || Above(name).Any(e => e.Name.DeviceId == edgeId);

    /// <summary>Everything an edge device has to know: itself, all devices below, and the modules of them all.</summary>
    public IReadOnlyList<HubIdentity> Of(string edgeId) => [.. registry.All.Where(i => IsWithin(i.Name, edgeId))];

    /// <summary>Edge devices above an identity, the nearest first; not its own device.</summary>
    public IEnumerable<HubIdentity> Above(IdentityName name)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal) { name.DeviceId };
        for (var edge = ParentOf(name); edge is not null && seen.Add(edge.Name.DeviceId); edge = ParentOf(edge.Name))
        {
            yield return edge;
        }
    }

    /// <summary>The scope of a new edge device.</summary>
    internal static string New(string deviceId, DateTimeOffset now) =>
        string.Create(CultureInfo.InvariantCulture, $"{Scheme}{deviceId}-{now.UtcTicks}");

    /// <summary>Refuses a parent that is none: unknown, no edge device, below the device itself, or too deep.</summary>
    /// <exception cref="HubRequestException">400, with the reason.</exception>
    internal void CheckParent(IdentityName name, bool isEdge, string scope)
    {
        var parent = EdgeWith(scope) ?? throw Refuse($"scope '{scope}' is of no edge device");
        if (IsWithin(parent.Name, name.DeviceId))
        {
            throw Refuse($"'{name}' cannot be below '{parent.Name}', which is below '{name}'");
        }

        if (isEdge && Above(parent.Name).Count() >= MaxNesting)
        {
            throw Refuse($"'{name}' would be more than {MaxNesting} layers below the topmost edge device");
        }
    }

    private HubIdentity? EdgeWith(string scope) =>
        registry.Devices.FirstOrDefault(d => d.Record.IotEdge && d.Record.DeviceScope == scope);

    private static HubRequestException Refuse(string why) => new(HubError.ArgumentInvalid, why);
}
