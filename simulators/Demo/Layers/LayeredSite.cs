using System.Security.Cryptography.X509Certificates;
using EdgeGateway.Simulators.Demo.CommandLine;
using EdgeGateway.Simulators.Demo.Fleet;
using EdgeGateway.Simulators.Demo.Hub;
using EdgeGateway.Simulators.Demo.Processes;
using EdgeGateway.Simulators.Demo.Running;

namespace EdgeGateway.Simulators.Demo.Layers;

/// <summary>Hub, origin, microcontrollers, and layers of edgeHubs and gateways between them, as processes of this machine.</summary>
public sealed class LayeredSite : ISite
{
    private readonly RunFolder _folder;
    private readonly Executables _executables;
    private readonly TimeProvider _time;
    private readonly ProcessGroup _processes;
    private readonly SimulatorProcesses _simulators;
    private IReadOnlyList<SimulatedLine> _lines = [];
    private LayeredPlant? _plant;
    private Restartable? _lowest;
    private X509Certificate2? _authority;
    private HubServiceClient? _hub;
    private OriginClient? _origin;

    public LayeredSite(DemoOptions options, RunFolder folder, Executables executables, TimeProvider time)
    {
        Options = options;
        _folder = folder;
        _executables = executables;
        _time = time;
        _processes = new ProcessGroup(folder.Logs, time);
        _simulators = new SimulatorProcesses(options, folder, executables, _processes);
        Truths = new McuStateFolder(folder.Folder("mcus"));
    }

    public DemoOptions Options { get; }

    public HubServiceClient Hub => _hub ?? throw NotStarted();

    public OriginClient Origin => _origin ?? throw NotStarted();

    public IMcuTruths Truths { get; }

    public IReadOnlyList<string> McuIds => [.. _lines.SelectMany(line => line.Mcus).Select(mcu => mcu.Id)];

    public IReadOnlyList<LinkTraffic> Links => _plant?.Links ?? [];

    public Task Broken => _processes.Broken;

    // the microcontrollers hang on the last gateway, so it is the one that is looked at and killed
    private Restartable Lowest => _lowest ?? throw NotStarted();

    public string Describe() => FormattableString.Invariant(
        $"Starting hub, origin, {Options.Layers} layers of edgeHub and gateway ({string.Join(", ", LayerNames.For(Options.Layers))}) and {Options.Mcus} microcontrollers: ")
        + FormattableString.Invariant($"{Options.Baud} baud, {Options.McusPerBus} on a line, ")
        + FormattableString.Invariant($"{Options.LatencyMilliseconds} ms turnaround, noise {Options.Noise}, seed {Options.Seed}.");

    public Task<ProcessUsage> GatewayUsageAsync(CancellationToken cancellation) => Task.FromResult(Lowest.Usage);

    /// <exception cref="ProcessFailedException">A process did not become ready.</exception>
    public async Task StartAsync(CancellationToken cancellation)
    {
        var hub = _simulators.StartHubAsync(cancellation);
        var origin = _simulators.StartOriginAsync(cancellation);
        var mcus = _simulators.StartMcusAsync(cancellation);
        await Task.WhenAll(hub, origin, mcus);
        var endpoint = await hub;
        _lines = await mcus;
        _authority = X509CertificateLoader.LoadCertificateFromFile(endpoint.AuthorityFile);
        _hub = new HubServiceClient(endpoint.Service, endpoint.ConnectionString, _authority, _time);
        _plant = new LayeredPlant(Options.Layers, _folder, endpoint, await origin, _time);
        _origin = new OriginClient(await origin, _plant.Origin);
        var groupKeyFile = await CreateIdentitiesAsync(_plant, cancellation);
        foreach (var layer in _plant.Layers)
        {
            await StartLayerAsync(_plant, layer, endpoint.HostName, groupKeyFile, cancellation);
        }
    }

    public Task KillGatewayAsync() => Lowest.KillAsync();

    public Task RestartGatewayAsync() => Lowest.StartAgainAsync();

    public async ValueTask DisposeAsync()
    {
        await _processes.DisposeAsync();
        if (_plant is not null)
        {
            await _plant.DisposeAsync();
        }

        _hub?.Dispose();
        _authority?.Dispose();
        _origin?.Dispose();
    }

    /// <returns>File of the key that the keys of the microcontrollers are derived from.</returns>
    private async Task<string> CreateIdentitiesAsync(LayeredPlant plant, CancellationToken cancellation)
    {
        var scope = await plant.CreateIdentitiesAsync(Hub, cancellation);
        var groupKey = DeviceKey.Random();
        var file = _folder.File("group.key");
        await File.WriteAllTextAsync(file, groupKey, cancellation);
        await Parallel.ForEachAsync(McuIds, cancellation, async (id, stop) =>
            await Hub.CreateDeviceAsync(id, DeviceKey.Derive(groupKey, id), isEdge: false, stop, scope));
        return file;
    }

    private async Task StartLayerAsync(
        LayeredPlant plant, Layer layer, string hubName, string groupKeyFile, CancellationToken cancellation)
    {
        var edgeHub = await _processes.StartAsync(plant.EdgeHubSpec(layer, _executables.Find(SimulatorProcesses.Hub), Options.Mcus));
        plant.OnEdgeHub(await edgeHub.ReadyAsync(SimulatorProcesses.ReadyLimit, cancellation));
        var isLowest = layer == plant.Layers[^1];
        var settings = _folder.File($"gateway-{layer}.json");
        await File.WriteAllTextAsync(
            settings, plant.Settings(layer, isLowest ? _lines : [], Options.Baud, isLowest ? groupKeyFile : null).ToJson(), cancellation);
        _lowest = await Restartable.StartAsync(
            _processes, _simulators.GatewaySpec($"gateway-{layer}", settings, layer.ConnectionString(hubName)));
    }

    private static InvalidOperationException NotStarted() => new("the site is not started");
}
