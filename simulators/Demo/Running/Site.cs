using System.Security.Cryptography.X509Certificates;
using EdgeGateway.Simulators.Demo.CommandLine;
using EdgeGateway.Simulators.Demo.Fleet;
using EdgeGateway.Simulators.Demo.Hub;
using EdgeGateway.Simulators.Demo.Processes;

namespace EdgeGateway.Simulators.Demo.Running;

/// <summary>Hub, origin, microcontrollers and gateway as processes of this machine.</summary>
public sealed class Site : ISite
{
    private readonly DemoOptions _options;
    private readonly RunFolder _folder;
    private readonly TimeProvider _time;
    private readonly ProcessGroup _processes;
    private readonly SimulatorProcesses _simulators;
    private Restartable? _gateway;
    private X509Certificate2? _authority;
    private HubServiceClient? _hub;
    private OriginClient? _origin;

    public Site(DemoOptions options, RunFolder folder, Executables executables, TimeProvider time)
    {
        _options = options;
        _folder = folder;
        _time = time;
        _processes = new ProcessGroup(folder.Logs, time);
        _simulators = new SimulatorProcesses(options, folder, executables, _processes);
        Truths = new McuStateFolder(folder.Folder("mcus"));
    }

    public DemoOptions Options => _options;

    public HubServiceClient Hub => _hub ?? throw NotStarted();

    public OriginClient Origin => _origin ?? throw NotStarted();

    public IMcuTruths Truths { get; }

    /// <summary>The fleet; after <see cref="StartAsync"/>.</summary>
    public IReadOnlyList<SimulatedLine> Lines { get; private set; } = [];

    public IReadOnlyList<string> McuIds => [.. Lines.SelectMany(line => line.Mcus).Select(mcu => mcu.Id)];

    private Restartable Gateway => _gateway ?? throw NotStarted();

    public Task Broken => _processes.Broken;

    public string Describe() => FormattableString.Invariant(
        $"Starting hub, origin, gateway and {_options.Mcus} microcontrollers: {_options.Baud} baud, {_options.McusPerBus} on a line, ")
        + FormattableString.Invariant($"{_options.LatencyMilliseconds} ms turnaround, noise {_options.Noise}, seed {_options.Seed}.");

    public Task<ProcessUsage> GatewayUsageAsync(CancellationToken cancellation) => Task.FromResult(Gateway.Usage);

    /// <exception cref="ProcessFailedException">A process did not become ready.</exception>
    public async Task StartAsync(CancellationToken cancellation)
    {
        var hub = _simulators.StartHubAsync(cancellation);
        var origin = _simulators.StartOriginAsync(cancellation);
        var mcus = _simulators.StartMcusAsync(cancellation);
        await Task.WhenAll(hub, origin, mcus);
        var endpoint = await hub;
        Lines = await mcus;
        _origin = new OriginClient(await origin, await origin);
        _authority = X509CertificateLoader.LoadCertificateFromFile(endpoint.AuthorityFile);
        _hub = new HubServiceClient(endpoint.Service, endpoint.ConnectionString, _authority, _time);
        await StartGatewayAsync(endpoint, await CreateIdentitiesAsync(cancellation));
    }

    public Task KillGatewayAsync() => Gateway.KillAsync();

    public Task RestartGatewayAsync() => Gateway.StartAgainAsync();

    public async ValueTask DisposeAsync()
    {
        await _processes.DisposeAsync();
        _hub?.Dispose();
        _authority?.Dispose();
        _origin?.Dispose();
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
        _gateway = await Restartable.StartAsync(
            _processes, _simulators.GatewaySpec("gateway", settings, identities.ConnectionStringAt(hub.HostName)));
    }

    private static InvalidOperationException NotStarted() => new("the site is not started");
}
