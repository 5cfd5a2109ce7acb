using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using EdgeGateway.Scenarios.Site;
using EdgeGateway.Simulators.IotHub.Security;
using EdgeGateway.Testing;
using Xunit.Abstractions;

namespace EdgeGateway.Scenarios.Nested.Site;

/// <summary>
/// A gateway behind a gateway in the process of the test, on loopback: a site whose gateway has a parent and may not ask the origin, and the parent.
/// Needs nothing of the machine.
/// </summary>
internal sealed class TwoLayers : IAsyncDisposable
{
    private const string ParentDevice = "edge-0";
    private const string Module = "identity-gateway";

    private readonly TempFolder _folder;
    private readonly DevelopmentAuthority _authority;
    private readonly string _connectionString;
    private readonly int _port = FreePort();
    private GatewayUnderTest? _parent;

    private TwoLayers(TempFolder folder, ScenarioSite site)
    {
        (_folder, Site) = (folder, site);
        _authority = DevelopmentAuthority.LoadOrCreate(folder.File("root"));
        site.Hub.Registry.CreateDevice(ParentDevice);
        var key = site.Hub.Registry.CreateModule(ParentDevice, Module).Record.PrimaryKey;
        _connectionString = $"HostName={site.Hub.HostName};DeviceId={ParentDevice};ModuleId={Module};SharedAccessKey={key}";
        site.Settings["Parent:HostName"] = "localhost";
        site.Settings["Parent:Port"] = $"{_port}";
        site.Settings["Parent:TrustedCaFile"] = _authority.CertificateFile;
        site.Settings["Content:OriginAllowed"] = "false";
    }

    /// <summary>The lower gateway, its microcontrollers, hub and origin.</summary>
    public ScenarioSite Site { get; }

    /// <summary>Makes certificates that the gateways trust.</summary>
    public DevelopmentAuthority Authority => _authority;

    /// <summary>Where the parent serves content.</summary>
    public int ParentPort => _port;

    /// <summary>Log of the parent.</summary>
    public LogBook ParentLog { get; } = new();

    /// <summary>Starts everything.</summary>
    /// <param name="output">For logs.</param>
    /// <param name="options">The lower site.</param>
    /// <param name="prepare">What to do before the lower gateway starts.</param>
    public static async Task<TwoLayers> StartAsync(ITestOutputHelper output, SiteOptions options, Func<TwoLayers, Task>? prepare = null)
    {
        var layers = new TwoLayers(new TempFolder(), await ScenarioSite.StartAsync(output, options with { StartGateway = false }));
        await layers.StartParentAsync();
        await (prepare?.Invoke(layers) ?? Task.CompletedTask);
        await layers.Site.StartGatewayAsync();
        return layers;
    }

    public async Task StartParentAsync()
    {
        var file = _folder.File("settings.json");
        await File.WriteAllTextAsync(file, WriteSettings());
        _parent = await GatewayUnderTest.StartAsync(file, new Dictionary<string, string>(), _connectionString, ParentLog);
    }

    public async Task StopParentAsync()
    {
        await _parent!.StopAsync();
        _parent = null;
    }

    public async ValueTask DisposeAsync()
    {
        if (_parent is not null)
        {
            await _parent.StopAsync();
        }

        await Site.DisposeAsync();
        _authority.Dispose();
        _folder.Dispose();
        ParentLog.Unexpected.Should().BeEmpty();
    }

    private string WriteSettings()
    {
        using var certificate = _authority.IssueServer(["localhost"]);
        File.WriteAllText(_folder.File("content.pem"), certificate.ExportCertificatePem());
        File.WriteAllText(_folder.File("content.key"), certificate.GetECDsaPrivateKey()!.ExportPkcs8PrivateKeyPem());
        File.WriteAllText(
            _folder.File("children.json"),
            JsonSerializer.Serialize(new Dictionary<string, string> { [$"{Site.ModuleTwin.Id}/{Module}"] = Site.ModuleKey }));
        return JsonSerializer.Serialize(new
        {
            Hub = new { Site.Hub.HostName, Site.Hub.MqttEndpoint.Port, TrustedCaFile = Site.Hub.CaFile },
            Module = new { DataFolder = _folder.File("data"), LogLevel = "Debug" },
            Web = new { Enabled = false },
            Content = new { MinFreeBytes = 0 },
            Endpoint = new
            {
                Enabled = true,
                Address = "127.0.0.1",
                HttpsPort = _port,
                CertificateFile = _folder.File("content.pem"),
                CertificateKeyFile = _folder.File("content.key"),
                ChildKeysFile = _folder.File("children.json"),
                AllowedOrigins = new[] { "127.0.0.1:*" },
            },
        });
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
