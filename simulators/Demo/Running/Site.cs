using System.Globalization;
using System.Security.Cryptography.X509Certificates;
using EdgeGateway.Simulators.Demo.CommandLine;
using EdgeGateway.Simulators.Demo.Fleet;
using EdgeGateway.Simulators.Demo.Hub;
using EdgeGateway.Simulators.Demo.Processes;

namespace EdgeGateway.Simulators.Demo.Running;

/// <summary>Everything that runs: hub, origin, microcontrollers and gateway as processes of their own. Disposing it ends them.</summary>
public sealed class Site : IAsyncDisposable
{
    private const string EdgeDevice = "edge-demo";
    private const string GatewayModule = "identity-gateway";
    private static readonly TimeSpan ReadyLimit = TimeSpan.FromSeconds(60);
    private readonly DemoOptions _options;
    private readonly RunFolder _folder;
    private readonly Executables _executables;
    private readonly TimeProvider _time;
    private readonly Spawner _spawner = new();
    private readonly List<ChildProcess> _running = [];
    private readonly CancellationTokenSource _watching = new();
    private readonly TaskCompletionSource _broken = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private ProcessSpec? _gatewaySpec;
    private ChildProcess? _gateway;
    private X509Certificate2? _authority;
    private HubServiceClient? _hub;
    private OriginClient? _origin;

    public Site(DemoOptions options, RunFolder folder, Executables executables, TimeProvider time)
    {
        _options = options;
        _folder = folder;
        _executables = executables;
        _time = time;
        State = new McuStateFolder(folder.Folder("mcus"));
    }

    /// <summary>The operator's way to the hub; after <see cref="StartAsync"/>.</summary>
    public HubServiceClient Hub => _hub ?? throw NotStarted();

    /// <summary>Where images are served; after <see cref="StartAsync"/>.</summary>
    public OriginClient Origin => _origin ?? throw NotStarted();

    /// <summary>What the microcontrollers really run.</summary>
    public McuStateFolder State { get; }

    /// <summary>The fleet; after <see cref="StartAsync"/>.</summary>
    public IReadOnlyList<SimulatedLine> Lines { get; private set; } = [];

    /// <summary>Ids of the fleet, in order.</summary>
    public IReadOnlyList<string> McuIds => [.. Lines.SelectMany(line => line.Mcus).Select(mcu => mcu.Id)];

    /// <summary>What the gateway has used so far; after <see cref="StartAsync"/>.</summary>
    public ProcessUsage GatewayUsage => (_gateway ?? throw NotStarted()).Usage;

    /// <summary>Fails as soon as a process ends that should run.</summary>
    public Task Broken => _broken.Task;

    /// <summary>Starts hub, origin and microcontrollers, creates the identities and starts the gateway.</summary>
    /// <exception cref="ProcessFailedException">A process did not become ready.</exception>
    public async Task StartAsync(CancellationToken cancellation)
    {
        var hub = StartHubAsync(cancellation);
        var origin = StartOriginAsync(cancellation);
        var mcus = StartMcusAsync(cancellation);
        await Task.WhenAll(hub, origin, mcus);
        var endpoint = await hub;
        _authority = X509CertificateLoader.LoadCertificateFromFile(endpoint.AuthorityFile);
        _hub = new HubServiceClient(endpoint.Service, endpoint.ConnectionString, _authority, _time);
        var moduleKey = await CreateIdentitiesAsync(cancellation);
        await StartGatewayAsync(endpoint, moduleKey);
    }

    /// <summary>kill -9 of the gateway.</summary>
    public async Task KillGatewayAsync()
    {
        var gateway = _gateway ?? throw NotStarted();
        await gateway.KillAsync();
        _running.Remove(gateway);
        await gateway.DisposeAsync();
    }

    /// <summary>Starts the gateway again, on the same data folder.</summary>
    public async Task RestartGatewayAsync() => _gateway = await StartChildAsync(_gatewaySpec ?? throw NotStarted());

    public async ValueTask DisposeAsync()
    {
        await _watching.CancelAsync();

        // the gateway first: it says goodbye to the others
        for (var i = _running.Count - 1; i >= 0; i--)
        {
            await _running[i].DisposeAsync();
        }

        _hub?.Dispose();
        _authority?.Dispose();
        _origin?.Dispose();
        _spawner.Dispose();
        _watching.Dispose();
    }

    private async Task<HubEndpoint> StartHubAsync(CancellationToken cancellation)
    {
        var hub = await StartChildAsync(new ProcessSpec("hub", _executables.Find("EdgeGateway.Simulators.IotHub"),
            ["--address", "127.0.0.1", "--mqtt-port", "0", "--https-port", "0", "--data", _folder.Folder("hub")]));
        return HubEndpoint.FromReady(await hub.ReadyAsync(ReadyLimit, cancellation));
    }

    private async Task StartOriginAsync(CancellationToken cancellation)
    {
        var root = _folder.Folder("origin");
        var origin = await StartChildAsync(new ProcessSpec("origin", _executables.Find("EdgeGateway.Simulators.Origin"),
            ["--address", "127.0.0.1", "--port", "0", "--root", root]));
        var ready = await origin.ReadyAsync(ReadyLimit, cancellation);
        _origin = new OriginClient(new Uri(ready.GetProperty("url").GetString()!), root);
    }

    private async Task StartMcusAsync(CancellationToken cancellation)
    {
        var mcus = await StartChildAsync(new ProcessSpec("mcus", _executables.Find("EdgeGateway.Simulators.Mcu"),
        [
            "--mcus", Text(_options.Mcus), "--bus", Text(_options.McusPerBus), "--baud", Text(_options.Baud),
            "--latency", Text(_options.LatencyMilliseconds), "--noise", Text(_options.Noise), "--seed", Text(_options.Seed),
            "--state", _folder.Folder("mcus"), "--links", _folder.Folder("links"),
        ]));
        Lines = SimulatedLine.FromReady(await mcus.ReadyAsync(ReadyLimit, cancellation));
    }

    private async Task<string> CreateIdentitiesAsync(CancellationToken cancellation)
    {
        var moduleKey = DeviceKey.Random();
        var groupKey = DeviceKey.Random();
        await File.WriteAllTextAsync(_folder.File("group.key"), groupKey, cancellation);
        await Hub.CreateDeviceAsync(EdgeDevice, DeviceKey.Random(), isEdge: true, cancellation);
        await Hub.CreateModuleAsync(EdgeDevice, GatewayModule, moduleKey, cancellation);
        await Parallel.ForEachAsync(McuIds, cancellation, async (id, stop) =>
            await Hub.CreateDeviceAsync(id, DeviceKey.Derive(groupKey, id), isEdge: false, stop));
        return moduleKey;
    }

    private async Task StartGatewayAsync(HubEndpoint hub, string moduleKey)
    {
        var settings = _folder.File("gateway.json");
        new GatewaySettingsFile(hub, Lines, _options.Baud, _folder.File("group.key"), _folder.Folder("gateway")).Write(settings);
        _gatewaySpec = new ProcessSpec("gateway", _executables.Find("EdgeGateway.Module"), ["--settings", settings])
        {
            Environment = new Dictionary<string, string>
            {
                ["EdgeHubConnectionString"] = 
                    $"HostName={hub.HostName};DeviceId={EdgeDevice};ModuleId={GatewayModule};SharedAccessKey={moduleKey}",
            },
        };
        await RestartGatewayAsync();
    }

    private async Task<ChildProcess> StartChildAsync(ProcessSpec spec)
    {
        var child = await ChildProcess.StartAsync(spec, _spawner, _folder.Logs, _time);
        lock (_running)
        {
            _running.Add(child);
        }

        _ = child.WatchAsync(_watching.Token).ContinueWith(
            watch => _broken.TrySetException(watch.Exception!.InnerExceptions),
            CancellationToken.None,
            TaskContinuationOptions.OnlyOnFaulted,
            TaskScheduler.Default);
        return child;
    }

    private static string Text(IFormattable value) => value.ToString(null, CultureInfo.InvariantCulture);

    private static InvalidOperationException NotStarted() => new("the site is not started");
}
