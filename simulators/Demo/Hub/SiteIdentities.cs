namespace EdgeGateway.Simulators.Demo.Hub;

/// <summary>The identities of a site: an edge device with the gateway's module, and a device for each microcontroller.</summary>
/// <param name="GroupKey">What the keys of the microcontrollers are derived from, base64.</param>
/// <param name="ModuleKey">Key of the gateway's module, base64.</param>
public sealed record SiteIdentities(string GroupKey, string ModuleKey)
{
    private const string EdgeDevice = "edge-demo";
    private const string GatewayModule = "identity-gateway";

    /// <summary>Creates them at the hub; those that are there are given these keys.</summary>
    public async Task CreateAsync(HubServiceClient hub, IReadOnlyList<string> mcuIds, CancellationToken cancellation)
    {
        await hub.CreateDeviceAsync(EdgeDevice, DeviceKey.Random(), isEdge: true, cancellation);
        await hub.CreateModuleAsync(EdgeDevice, GatewayModule, ModuleKey, cancellation);
        await Parallel.ForEachAsync(mcuIds, cancellation, async (id, stop) =>
            await hub.CreateDeviceAsync(id, DeviceKey.Derive(GroupKey, id), isEdge: false, stop));
    }

    /// <summary>What the gateway's module connects with.</summary>
    public string ConnectionStringAt(string hostName) =>
        $"HostName={hostName};DeviceId={EdgeDevice};ModuleId={GatewayModule};SharedAccessKey={ModuleKey}";

    public override string ToString() => $"{EdgeDevice}/{GatewayModule}";
}
