namespace EdgeGateway.Simulators.Demo.Layers;

/// <summary>One edge device of the plant: its names, its keys and the files of its gateway.</summary>
/// <param name="Name">"top", "middle", ...</param>
/// <param name="Folder">Its files.</param>
public sealed record Layer(string Name, string Folder)
{
    /// <summary>The gateway's module, on every layer.</summary>
    public const string Module = "identity-gateway";

    /// <value>Id of the edge device.</value>
    public string Device => $"edge-{Name}";

    /// <value>Key of the edge device. A secret.</value>
    public string DeviceKey { get; } = Hub.DeviceKey.Random();

    /// <value>Key of the gateway's module. A secret.</value>
    public string ModuleKey { get; } = Hub.DeviceKey.Random();

    /// <value>What a parent calls this gateway.</value>
    public string Child => $"{Device}/{Module}";

    public string CertificateFile => Path.Combine(Folder, "content.pem");

    public string KeyFile => Path.Combine(Folder, "content.key");

    /// <value>Who its edgeHub is.</value>
    public string EdgeHubIdentityFile => Path.Combine(Folder, "edge.txt");

    /// <value>Keys of the gateways below, for the content endpoint.</value>
    public string ChildKeysFile => Path.Combine(Folder, "children.json");

    /// <summary>Identity of the gateway's module, by the convention of local development.</summary>
    public string ConnectionString(string hub) => $"HostName={hub};DeviceId={Device};ModuleId={Module};SharedAccessKey={ModuleKey}";

    public override string ToString() => Name;
}
