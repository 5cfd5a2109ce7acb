using EdgeGateway.Simulators.IotHub.Errors;

namespace EdgeGateway.Simulators.IotHub.Registry;

/// <summary>The name of a device, or of a module of a device; case-sensitive, as in IoT Hub.</summary>
/// <param name="DeviceId">Device id.</param>
/// <param name="ModuleId">Module id; null for the device itself.</param>
public sealed record IdentityName(string DeviceId, string? ModuleId = null)
{
    /// <summary>Module id of the edge hub of an edge device.</summary>
    public const string EdgeHubModule = "$edgeHub";

    private const int MaxLength = 128;
    private const string Extra = "-:.+%_#*?!(),=@;$'";

    /// <summary>Gets the resource of its tokens below the hub's name: <c>devices/x[/modules/y]</c>.</summary>
    public string ResourcePath => ModuleId is null ? $"devices/{DeviceId}" : $"devices/{DeviceId}/modules/{ModuleId}";

    /// <summary>Reads an MQTT client id, <c>device</c> or <c>device/module</c>; null where it is neither.</summary>
    public static IdentityName? FromClientId(string clientId)
    {
        var parts = clientId.Split('/');
        return parts.Length <= 2 && parts.All(IsValidId) ? new IdentityName(parts[0], parts.ElementAtOrDefault(1)) : null;
    }

    /// <summary>Refuses ids that IoT Hub does not allow: they have 1 to 128 ASCII letters, digits and some punctuation.</summary>
    /// <exception cref="HubRequestException">The id is not allowed.</exception>
    public IdentityName Checked()
    {
        foreach (var id in new[] { DeviceId, ModuleId })
        {
            if (id is not null && !IsValidId(id))
            {
                throw new HubRequestException(
                    HubError.ArgumentInvalid, $"id '{id}' is not 1 to {MaxLength} letters, digits or any of {Extra}");
            }
        }

        return this;
    }

    /// <summary><c>device</c> or <c>device/module</c>: the MQTT client id.</summary>
    public override string ToString() => ModuleId is null ? DeviceId : $"{DeviceId}/{ModuleId}";

    private static bool IsValidId(string id) =>
        id.Length is > 0 and <= MaxLength && id.All(c => char.IsAsciiLetterOrDigit(c) || Extra.Contains(c, StringComparison.Ordinal));
}
