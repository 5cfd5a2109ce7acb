namespace EdgeGateway.Hub.Connections;

/// <summary>A device, or a module of a device, at the hub.</summary>
/// <param name="DeviceId">Device id, case-sensitive.</param>
/// <param name="ModuleId">Module id; null for the device itself.</param>
/// <param name="ModelId">Digital twin model announced at connect; null for none.</param>
/// <param name="AuthenticationChain">
/// Who speaks for the identity: <c>leaf;edge;edge above</c>, of which the last one gives the token; null where it speaks itself. Only edge hubs speak for others.
/// </param>
public sealed record DeviceIdentity(string DeviceId, string? ModuleId = null, string? ModelId = null, string? AuthenticationChain = null)
{
    /// <summary><c>device</c> or <c>device/module</c>: the MQTT client id, and the name in logs.</summary>
    public override string ToString() => ModuleId is null ? DeviceId : $"{DeviceId}/{ModuleId}";
}
