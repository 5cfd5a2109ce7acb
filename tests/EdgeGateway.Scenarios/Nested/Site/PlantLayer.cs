using System.Globalization;
using System.Text.Json;
using EdgeGateway.Scenarios.Nested.Networks;
using EdgeGateway.Scenarios.Processes;
using EdgeGateway.Simulators.IotHub.Hosting;
using EdgeGateway.Simulators.IotHub.Registry;
using EdgeGateway.Simulators.IotHub.Security;
using EdgeGateway.Simulators.Mcu.Host;

namespace EdgeGateway.Scenarios.Nested.Site;

/// <summary>One edge device: its edgeHub and its gateway, as processes in its network.</summary>
internal sealed class PlantLayer(int number, NetworkNamespace network, HubIdentity edge, HubIdentity module, PlantLayer? above, string folder)
    : IAsyncDisposable
{
    public const string Module = "identity-gateway";
    public const int MqttPort = 8883;
    public const int HttpsPort = 8443;
    public const int ContentPort = 9443;

    private readonly List<string> _earlier = [];
    private IotHubSimulator? _hub;
    private GatewayProcess? _edgeHub;
    private GatewayProcess? _gateway;

    public HubIdentity Edge { get; } = edge;

    /// <summary>Key of the gateway's module.</summary>
    public string ModuleKey => module.Record.PrimaryKey;

    /// <summary>What the gateway above calls this one.</summary>
    public string Child => $"{Edge.Name.DeviceId}/{Module}";

    public NetworkNamespace Network { get; } = network;

    /// <summary>What the gateway wrote, all its starts together.</summary>
    public IReadOnlyList<string> Log => [.. _earlier, .. _gateway?.Lines ?? []];

    /// <summary>Where the gateway keeps content.</summary>
    public string CacheLayout => Path.Combine(DataFolder, "content");

    private string DataFolder => Path.Combine(folder, "data");

    private string SettingsFile => Path.Combine(folder, "settings.json");

    private string EdgeIdentityFile => Path.Combine(folder, "edge.txt");

    /// <summary>Writes the files an installer would.</summary>
    public void Prepare(IotHubSimulator hub, DevelopmentAuthority authority, PlantLayer? below, IEnumerable<FleetLine> lines, string groupKeyFile)
    {
        _hub = hub;
        using var certificate = authority.IssueServer([NestedNetwork.ContentName(number), "localhost"]);
        File.WriteAllText(Path.Combine(folder, "content.pem"), certificate.ExportCertificatePem());
        File.WriteAllText(
            Path.Combine(folder, "content.key"),
            System.Security.Cryptography.X509Certificates.ECDsaCertificateExtensions.GetECDsaPrivateKey(certificate)!.ExportPkcs8PrivateKeyPem());
        File.WriteAllText(
            EdgeIdentityFile, $"HostName={hub.HostName};DeviceId={Edge.Name.DeviceId};SharedAccessKey={Edge.Record.PrimaryKey}");
        File.WriteAllText(
            Path.Combine(folder, "children.json"),
            JsonSerializer.Serialize(below is null ? [] : new Dictionary<string, string> { [below.Child] = below.ModuleKey }));
        File.WriteAllText(SettingsFile, PlantSettings.Write(this, number, below is null ? [.. lines] : [], folder, DataFolder, groupKeyFile, authority.CertificateFile));
    }

    public string EdgeHubRoot => Path.Combine(folder, "edgehub", "ca.pem");

    public string HubHostName => _hub!.HostName;

    public async Task StartEdgeHubAsync()
    {
        var upstream = string.Create(
            CultureInfo.InvariantCulture, $"{(above is null ? NestedNetwork.HubName : NestedNetwork.EdgeHubName(number - 1))}:{MqttPort}");
        _edgeHub = Start("EdgeGateway.Simulators.IotHub",
        [
            "--address", "0.0.0.0", "--data", Path.Combine(folder, "edgehub"), "--host-name", NestedNetwork.EdgeHubName(number),
            "--upstream", upstream, "--upstream-ca", above is null ? _hub!.CaFile : above.EdgeHubRoot, "--edge-connection-string-file", EdgeIdentityFile,
            "--report-interval", "0.1", "--min-twin-sync-period", "0", "--scope-refresh-delay", "1", "--cloud-timeout", "5",
        ]);
        await _edgeHub.WaitAsync("READY ");
    }

    public async Task StartGatewayAsync()
    {
        _gateway = Start("EdgeGateway.Module", ["--settings", SettingsFile]);
        await _gateway.WaitAsync("Metrics and health are served.");
    }

    public async Task KillGatewayAsync()
    {
        await _gateway!.DisposeAsync();
        _earlier.AddRange(_gateway.Lines);
        _gateway = null;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var process in new[] { _gateway, _edgeHub }.OfType<GatewayProcess>())
        {
            await process.DisposeAsync();
        }
    }

    private GatewayProcess Start(string project, IEnumerable<string> arguments) => GatewayProcess.StartCommand(
        [.. Network.Exec, "dotnet", GatewayProcess.Built(project), .. arguments],
        new Dictionary<string, string>
        {
            ["EdgeHubConnectionString"] = $"HostName={HubHostName};DeviceId={Edge.Name.DeviceId};ModuleId={Module};SharedAccessKey={ModuleKey}",
        });
}
