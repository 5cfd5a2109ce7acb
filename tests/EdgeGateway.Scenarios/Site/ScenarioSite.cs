using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using EdgeGateway.Hub.Identity;
using EdgeGateway.Scenarios.Processes;
using EdgeGateway.Simulators.IotHub.Hosting;
using EdgeGateway.Simulators.IotHub.Registry;
using EdgeGateway.Simulators.Mcu.Host;
using EdgeGateway.Simulators.Mcu.Node;
using EdgeGateway.Simulators.Origin;
using EdgeGateway.Testing;
using Xunit.Abstractions;

namespace EdgeGateway.Scenarios.Site;

/// <summary>
/// A whole site in one process: hub, origin, microcontrollers on pseudo-terminals and the gateway, joined by real sockets and terminals. At its end
/// it fails the test if anything crashed meanwhile.
/// </summary>
internal sealed class ScenarioSite : IAsyncDisposable
{
    private const string EdgeDevice = "edge-1";
    private const string GatewayModule = "identity-gateway";

    private readonly TempFolder _folder;
    private readonly SiteOptions _options;
    private readonly ITestOutputHelper _output;
    private readonly byte[] _groupKey = RandomNumberGenerator.GetBytes(32);
    private readonly Dictionary<string, TwinWatch> _twins = [];
    private readonly string _connectionString;
    private GatewayUnderTest? _gateway;
    private int _published;

    private ScenarioSite(
        TempFolder folder, SiteOptions options, ITestOutputHelper output, IotHubSimulator hub, OriginServer origin, McuFleet fleet)
    {
        (_folder, _options, _output, Hub, Origin, Fleet) = (folder, options, output, hub, origin, fleet);
        File.WriteAllText(GroupKeyFile, Convert.ToBase64String(_groupKey));
        hub.Registry.CreateDevice(EdgeDevice);
        var module = hub.Registry.CreateModule(EdgeDevice, GatewayModule);
        ModuleTwin = new TwinWatch(module);
        _connectionString = $"HostName={hub.HostName};DeviceId={EdgeDevice};ModuleId={GatewayModule};SharedAccessKey={module.Record.PrimaryKey}";
        foreach (var id in fleet.McuIds.Except(options.Unknown))
        {
            _twins[id] = new TwinWatch(hub.Registry.CreateDevice(id, DerivedKey.ComputeBase64(_groupKey, id)));
        }
    }

    public IotHubSimulator Hub { get; }

    public OriginServer Origin { get; }

    public McuFleet Fleet { get; }

    public LogBook Log { get; } = new();

    /// <summary>Microcontrollers that the gateway knows.</summary>
    public IReadOnlyCollection<string> McuIds => _twins.Keys;

    /// <summary>Twin of the gateway's module.</summary>
    public TwinWatch ModuleTwin { get; }

    /// <summary>Settings that the next start of the gateway gets beside those of the site.</summary>
    public Dictionary<string, string> Settings { get; private init; } = [];

    /// <summary>The module's identity by the convention of local development.</summary>
    public IReadOnlyDictionary<string, string> ConnectionStringEnvironment =>
        new Dictionary<string, string> { ["EdgeHubConnectionString"] = _connectionString };

    /// <summary>The module's identity as edgeAgent gives it.</summary>
    public IReadOnlyDictionary<string, string> WorkloadEnvironment => new Dictionary<string, string>
    {
        ["IOTEDGE_IOTHUBHOSTNAME"] = Hub.HostName,
        ["IOTEDGE_DEVICEID"] = EdgeDevice,
        ["IOTEDGE_MODULEID"] = GatewayModule,
        ["IOTEDGE_MODULEGENERATIONID"] = "1",
        ["IOTEDGE_AUTHSCHEME"] = "sasToken",
        ["IOTEDGE_WORKLOADURI"] = $"unix://{WorkloadSocket}",
    };

    /// <summary>Where the gateway looks for the workload API; only some tests listen there.</summary>
    public string WorkloadSocket => _folder.File("workload.sock");

    /// <summary>Key of the module, which the workload API signs with.</summary>
    public string ModuleKey => ModuleTwin.Identity.Record.PrimaryKey;

    private string GroupKeyFile => _folder.File("group.key");

    /// <summary>What the gateway keeps over a restart.</summary>
    public string DataFolder => _folder.File("data");

    /// <summary>The gateway's journals.</summary>
    public string JournalFolder => Path.Combine(DataFolder, "journal");

    /// <summary>Starts everything; the gateway too, unless the options say otherwise.</summary>
    public static async Task<ScenarioSite> StartAsync(ITestOutputHelper output, SiteOptions? options = null)
    {
        options ??= new SiteOptions();
        var folder = new TempFolder();
        var served = Directory.CreateDirectory(folder.File("origin")).FullName;
        var site = new ScenarioSite(
            folder,
            options,
            output,
            await IotHubSimulator.StartAsync(new IotHubSimulatorOptions()),
            await OriginServer.StartAsync(new OriginOptions { Root = served }),
            new McuFleet(options.FleetOptions(folder.File("mcus")), TimeProvider.System))
        {
            Settings = new Dictionary<string, string>(options.Settings),
        };
        site.Fleet.Start();
        if (options.StartGateway)
        {
            await site.StartGatewayAsync();
        }

        return site;
    }

    /// <summary>Starts the gateway on the site's data folder, as new or again.</summary>
    public async Task StartGatewayAsync()
    {
        _gateway = await GatewayUnderTest.StartAsync(await WriteSettingsAsync(), Settings, _connectionString, Log);
    }

    /// <summary>Starts the gateway's executable in a process of its own, which the test has to end.</summary>
    public Task<GatewayProcess> StartGatewayProcessAsync(params string[] arguments) =>
        StartGatewayProcessAsync(ConnectionStringEnvironment, arguments);

    /// <summary>The same with environment variables of the caller's choice.</summary>
    public async Task<GatewayProcess> StartGatewayProcessAsync(IReadOnlyDictionary<string, string> environment, params string[] arguments) =>
        GatewayProcess.Start(
            ["--settings", await WriteSettingsAsync(), .. Settings.Select(setting => $"--{setting.Key}={setting.Value}"), .. arguments],
            environment);

    /// <summary>Stops the gateway as SIGTERM does.</summary>
    public async Task StopGatewayAsync()
    {
        await _gateway!.StopAsync();
        _gateway = null;
    }

    /// <summary>Ends the gateway in the middle of what it does: nothing is finished, reported or flushed.</summary>
    public async Task KillGatewayAsync()
    {
        await _gateway!.DisposeAsync();
        _gateway = null;
    }

    /// <summary>Puts an image at the origin and makes a deployment of it.</summary>
    public Deployment Publish(FirmwareImage image)
    {
        var number = ++_published;
        var name = string.Create(CultureInfo.InvariantCulture, $"firmware-{number}.bin");
        File.WriteAllBytes(Path.Combine(_folder.File("origin"), name), image.Content);
        return new Deployment(
            Guid.NewGuid().ToString(), string.Create(CultureInfo.InvariantCulture, $"2.0.{number}"), image, new Uri(Origin.Url, name));
    }

    /// <summary>Orders a deployment for some microcontrollers; for all if none is named.</summary>
    public void Deploy(Deployment deployment, params string[] ids) => Desire(deployment.ToDesired(), ids);

    /// <summary>Changes the desired section of some twins; of all if none is named.</summary>
    public void Desire(JsonObject patch, params string[] ids)
    {
        foreach (var id in ids.Length > 0 ? ids : McuIds)
        {
            Twin(id).Identity.Twin.PatchDesired(patch);
        }
    }

    /// <summary>Twin of a microcontroller.</summary>
    public TwinWatch Twin(string id) => _twins[id];

    /// <summary>What a microcontroller really runs.</summary>
    public McuSnapshot Truth(string id) => Fleet.Inspect(id);

    /// <summary>Waits until the gateway has identified microcontrollers and told their twins; all if none is named.</summary>
    public Task OnlineAsync(params string[] ids) => Task.WhenAll(
        (ids.Length > 0 ? ids : McuIds).Select(id => Twin(id).WaitAsync(twin => twin.Link == "Online" && twin.Model is not null)));

    /// <summary>Waits until a microcontroller has a good part of an image, and the rest is still to come.</summary>
    public Task<TwinState> MidTransferAsync(string id, int percent = 10) =>
        Twin(id).WaitAsync(twin => twin.Phase == "Transferring" && twin.Percent >= percent);

    /// <summary>Waits until twins have changed so many times more; false where all updates have come to their end.</summary>
    public async Task<bool> TwinsChangeAsync(int times)
    {
        var changes = new ChangeSignal();
        var left = times;
        void Count()
        {
            Interlocked.Decrement(ref left);
            changes.Raise();
        }

        var twins = _twins.Values.Select(watch => watch.Identity.Twin).ToList();
        twins.ForEach(twin => twin.Changed += Count);
        await changes.WaitAsync(
            () => Volatile.Read(ref left) <= 0 || AllAtRest() ? changes : null,
            () => "no twin changes any more: " + string.Join(Environment.NewLine, _twins.Values.Select(twin => twin.Now)));
        twins.ForEach(twin => twin.Changed -= Count);
        return !AllAtRest();

        bool AllAtRest() => _twins.Values.All(twin => twin.Now.AgentState == 0);
    }

    private async Task<string> WriteSettingsAsync()
    {
        var file = _folder.File("settings.json");
        await File.WriteAllTextAsync(file, GatewaySettingsText.Write(Hub, Fleet.Lines, _options, GroupKeyFile, DataFolder));
        return file;
    }

    public async ValueTask DisposeAsync()
    {
        if (_gateway is not null)
        {
            await _gateway.StopAsync();
        }

        Fleet.Dispose();
        await Origin.DisposeAsync();
        await Hub.DisposeAsync();
        _folder.Dispose();
        foreach (var entry in Log.Entries)
        {
            _output.WriteLine(entry.ToString());
        }

        await Fleet.Ended;
        Log.Unexpected.Should().BeEmpty();
    }
}
