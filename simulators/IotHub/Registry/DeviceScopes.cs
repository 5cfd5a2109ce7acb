using System.Globalization;
using EdgeGateway.Simulators.IotHub.Errors;

namespace EdgeGateway.Simulators.IotHub.Registry;

/// <summary>
/// Resolves parents and children of edge devices by their device scopes. As in IoT Hub, an edge device has a scope of its own, a leaf device has the scope of
/// its parent, and a nested edge device has its parent's scope as parent scope. Modules belong to their device.
/// </summary>
/// <remarks>Thread-safe.</remarks>
public sealed class DeviceScopes(IdentityRegistry registry)
{
    /// <summary>Largest number of nested layers below the topmost edge device.</summary>
    public const int MaxNesting = 5;

    private const string Scheme = "ms-azure-iot-edge://";

    /// <summary>Finds the parent of a device, or of the device of a module; null for none.</summary>
    public HubIdentity? ParentOf(IdentityName name) =>
        registry.Find(new IdentityName(name.DeviceId))?.Record.ParentScope is { } scope ? EdgeWith(scope) : null;

    /// <summary>Returns whether an identity is an edge device, a module of it, or below it in any layer.</summary>
    public bool IsWithin(IdentityName name, string edgeId) => name.DeviceId == edgeId || Above(name).Any(e => e.Name.DeviceId == edgeId);

    /// <summary>Lists the identities of an edge device's scope: the device, all devices below it, and the modules of them all.</summary>
    public IReadOnlyList<HubIdentity> Of(string edgeId) => [.. registry.All.Where(i => IsWithin(i.Name, edgeId))];

    /// <summary>Lists the edge devices above an identity, the nearest first, without its own device.</summary>
    public IEnumerable<HubIdentity> Above(IdentityName name)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal) { name.DeviceId };
        for (var edge = ParentOf(name); edge is not null && seen.Add(edge.Name.DeviceId); edge = ParentOf(edge.Name))
        {
            yield return edge;
        }
    }

    /// <summary>Creates the scope of a new edge device.</summary>
    internal static string New(string deviceId, DateTimeOffset now) =>
        string.Create(CultureInfo.InvariantCulture, $"{Scheme}{deviceId}-{now.UtcTicks}");

    /// <summary>Refuses a parent that is unknown, no edge device, below the device itself, or nested too deeply.</summary>
    /// <exception cref="HubRequestException">400, with the reason.</exception>
    internal void CheckParent(IdentityName name, bool isEdge, string scope)
    {
        var parent = EdgeWith(scope) ?? throw Refuse($"scope '{scope}' belongs to no edge device; use the deviceScope of a registered edge device");
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
