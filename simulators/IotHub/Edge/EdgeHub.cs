using EdgeGateway.Hub.Connections;
using EdgeGateway.Hub.Connections.Transport;
using EdgeGateway.Simulators.IotHub.Edge.Outgoing;
using EdgeGateway.Simulators.IotHub.Edge.Scope;
using EdgeGateway.Simulators.IotHub.Hosting;
using EdgeGateway.Simulators.IotHub.Sessions;

namespace EdgeGateway.Simulators.IotHub.Edge;

/// <summary>
/// The part of the simulator that makes it an edge hub, as that of IoT Edge: clients connect to it instead of the hub, and it speaks for them to the hub above,
/// which may be an edge hub too. It goes on while there is no way up.
/// </summary>
public sealed class EdgeHub : IAsyncDisposable
{
    private readonly HubMetrics _metrics = new();
    private readonly CancellationTokenSource _stopped = new();
    private readonly SwitchedTransport _transport;
    private readonly UpstreamScopeSource _source;
    private readonly OutgoingStore _store;
    private readonly DeviceScopeCache _scope;
    private readonly UpstreamLinks _links;
    private readonly OwnLink _own;
    private readonly IDeviceConnection _ownConnection;
    private readonly ITimer _refreshTimer;
    private readonly Outgoing.Wake _refresh = new();
    private readonly Task _refreshing;

    internal EdgeHub(HubState hub, EdgeHubOptions options, string gatewayHostName, string folder, ILoggerFactory loggers)
    {
        Options = options;
        var logger = loggers.CreateLogger<EdgeHub>();
        var time = hub.Time;
        _store = new OutgoingStore(Path.Combine(folder, "outgoing.jsonl"), options.MaxWaitingMessages, time);
        _transport = new SwitchedTransport(
            new TlsTransport(options.UpstreamCaFile is { } file ? new FileTrustSource(file) : new SystemTrustSource()), hub.Switches);
        _source = new UpstreamScopeSource(options, _transport, time);
        _scope = new DeviceScopeCache(hub.Registry, _source, options.ScopeRefreshDelay, time, logger);
        var twins = new TwinSynchronizer(_store, options.MinTwinSyncPeriod, time);
        foreach (var client in _store.Waiting.Select(hub.Registry.Find).OfType<Registry.HubIdentity>())
        {
            twins.Restore(client);
        }

        var connections = Connections(options, time, loggers);
        _links = new UpstreamLinks(hub, options, connections, _store, twins, logger);
        Backend = new EdgeHubBackend(gatewayHostName, options.Credentials, hub.Registry.Scopes, _scope, _links, twins, _store, logger);
        _own = new OwnLink(() =>
        {
            if (!_scope.IsComplete)
            {
                _refresh.Set();
            }
        });
        _ownConnection = connections.Create(new DeviceIdentity(options.Credentials.Name.DeviceId, options.Credentials.Name.ModuleId), _own);
        _refreshTimer = time.CreateTimer(_ => _refresh.Set(), null, options.ScopeRefreshInterval, options.ScopeRefreshInterval);
        _refreshing = RefreshAsync(_stopped.Token);
    }

    public EdgeHubOptions Options { get; }

    /// <summary>Whether the edge hub itself is connected upstream.</summary>
    public bool IsConnected => _own.IsConnected;

    /// <summary>Reports and telemetry messages that wait to be sent upstream.</summary>
    public (int Reports, int Messages) Waiting => _store.Counts;

    internal IClientBackend Backend { get; }

    public async ValueTask DisposeAsync()
    {
        await _stopped.CancelAsync();
        await _refreshTimer.DisposeAsync();
        await _refreshing.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await _links.DisposeAsync();
        await _ownConnection.DisposeAsync();
        _transport.Dispose();
        _source.Dispose();
        _scope.Dispose();
        _store.Dispose();
        _metrics.Dispose();
        _stopped.Dispose();
    }

    /// <summary>Reads the scope, waiting for the hub above no longer than it takes to answer or not, and begins to send.</summary>
    internal async Task StartAsync(CancellationToken cancellationToken)
    {
        await _scope.RefreshAllAsync(cancellationToken);
        _ownConnection.Start();
        _links.Start();
    }

    private async Task RefreshAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            await _refresh.WaitAsync(cancellationToken);
            if (await _scope.RefreshAllAsync(cancellationToken))
            {
                _links.Start(); // of clients that were not known before, something may wait
            }
        }
    }

    private DeviceConnectionFactory Connections(EdgeHubOptions options, TimeProvider time, ILoggerFactory loggers)
    {
        var settings = new HubOptions
        {
            HostName = options.Credentials.HostName,
            GatewayHostName = options.UpstreamHost,
            Port = options.UpstreamPort,
            OperationTimeout = options.CloudTimeout,
            ReportInterval = options.ReportInterval,
            ReconnectMax = options.ReconnectMax,
            RefusedRetryMax = options.ReconnectMax,
            ConnectsPerSecond = 100,
            TwinRefreshInterval = TimeSpan.FromDays(1), // edgeHub asks when there is a reason
        };
        return new DeviceConnectionFactory(
            new FixedOptions<HubOptions>(settings), _transport, new EdgeTokenProvider(options.Credentials), new NoModule(), _metrics, time, Random.Shared, loggers);
    }
}
