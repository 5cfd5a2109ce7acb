using System.Globalization;
using System.Security.Cryptography.X509Certificates;
using EdgeGateway.Simulators.Demo.CommandLine;
using EdgeGateway.Simulators.Demo.Fleet;
using EdgeGateway.Simulators.Demo.Hub;
using EdgeGateway.Simulators.Demo.Processes;

namespace EdgeGateway.Simulators.Demo.Running;

/// <summary>Hub, origin, microcontrollers and gateway as processes of this machine.</summary>
public sealed class Site : ISite
{
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
        Truths = new McuStateFolder(folder.Folder("mcus"));
    }

    public DemoOptions Options => _options;

    public HubServiceClient Hub => _hub ?? throw NotStarted();

    public OriginClient Origin => _origin ?? throw NotStarted();

    public IMcuTruths Truths { get; }

    /// <summary>The fleet; after <see cref="StartAsync"/>.</summary>
    public IReadOnlyList<SimulatedLine> Lines { get; private set; } = [];

    public IReadOnlyList<string> McuIds => [.. Lines.SelectMany(line => line.Mcus).Select(mcu => mcu.Id)];

    public Task Broken => _broken.Task;

    public string Describe() => FormattableString.Invariant(
        $"Starting hub, origin, gateway and {_options.Mcus} microcontrollers: {_options.Baud} baud, {_options.McusPerBus} on a line, ")
        + FormattableString.Invariant($"{_options.LatencyMilliseconds} ms turnaround, noise {_options.Noise}, seed {_options.Seed}.");

    public Task<ProcessUsage> GatewayUsageAsync(CancellationToken cancellation) => Task.FromResult((_gateway ?? throw NotStarted()).Usage);

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
        await StartGatewayAsync(endpoint, await CreateIdentitiesAsync(cancellation));
    }

    public async Task KillGatewayAsync()
    {
        var gateway = _gateway ?? throw NotStarted();
        await gateway.KillAsync();
        _running.Remove(gateway);
        await gateway.DisposeAsync();
    }

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
        var origin = await StartChildAsync(new ProcessSpec("origin", _executables.Find("EdgeGateway.Simulators.Origin"),
            ["--address", "127.0.0.1", "--port", "0", "--uploads", "--root", _folder.Folder("origin")]));
        var ready = await origin.ReadyAsync(ReadyLimit, cancellation);
        var address = new Uri(ready.GetProperty("url").GetString()!);
        _origin = new OriginClient(address, address);
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

    private async Task<SiteIdentities> CreateIdentitiesAsync(CancellationToken cancellation)
    {
        var identities = new SiteIdentities(DeviceKey.Random(), DeviceKey.Random());
        await File.WriteAllTextAsync(_folder.File("group.key"), identities.GroupKey, cancellation);
        await identities.CreateAsync(Hub, McuIds, cancellation);
        return identities;
    }

    private async Task StartGatewayAsync(HubEndpoint hub, SiteIdentities identities)
    {
        var settings = _folder.File("gateway.json");
        await File.WriteAllTextAsync(settings, new GatewaySettingsFile
        {
            HostName = hub.HostName,
            Port = hub.MqttPort,
            AuthorityFile = hub.AuthorityFile,
            GroupKeyFile = _folder.File("group.key"),
            Lines = Lines,
            Baud = _options.Baud,
            DataFolder = _folder.Folder("gateway"),
            Web = false,
        }.ToJson());
        _gatewaySpec = new ProcessSpec("gateway", _executables.Find("EdgeGateway.Module"), ["--settings", settings])
        {
            Environment = new Dictionary<string, string>
            {
                ["EdgeHubConnectionString"] = identities.ConnectionStringAt(hub.HostName),
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
