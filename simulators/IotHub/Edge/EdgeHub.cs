using System.Text.Json.Nodes;
using EdgeGateway.Hub.Connections;
using EdgeGateway.Hub.Connections.Transport;
using EdgeGateway.Simulators.IotHub.Edge.Outgoing;
using EdgeGateway.Simulators.IotHub.Edge.Scope;
using EdgeGateway.Simulators.IotHub.Hosting;
using EdgeGateway.Simulators.IotHub.Sessions;

namespace EdgeGateway.Simulators.IotHub.Edge;

/// <summary>
/// Makes the simulator an edge hub, like the edgeHub of Azure IoT Edge: clients connect to it in place of the hub, and it connects on their behalf to the hub
/// above, which may be an edge hub itself. It serves clients while the hub above cannot be reached.
/// </summary>
public sealed class EdgeHub : IAsyncDisposable
{
    private readonly HubMetrics _metrics = new();
    private readonly CancellationTokenSource _stopped = new();
    private readonly SwitchedTransport _transport;
    private readonly UpstreamScopeSource _source;
    private readonly OutgoingStore _store;
    private readonly DeviceScopeCache _scope;
    private readonly UpstreamConnections _connections;
    private readonly OwnConnectionHandler _own;
    private readonly IDeviceConnection _ownConnection;
    private readonly ITimer _refreshTimer;
    private readonly AsyncAutoResetEvent _refresh = new();
    private readonly Task _refreshing;

    internal EdgeHub(HubState hub, EdgeHubOptions options, string gatewayHostName, string folder, ILoggerFactory loggers)
    {
        Options = options;
        var logger = loggers.CreateLogger<EdgeHub>();
        var time = hub.Time;
        _store = new OutgoingStore(Path.Combine(folder, "outgoing.jsonl"), options.MaxQueuedMessages, time);
        _transport = new SwitchedTransport(
            new TlsTransport(options.UpstreamCaFile is { } file ? new FileTrustSource(file) : new SystemTrustSource()), hub.Switches);
        _source = new UpstreamScopeSource(options, _transport, time);
        _scope = new DeviceScopeCache(hub.Registry, _source, options.ScopeRefreshDelay, time, logger);
        var twins = new TwinSynchronizer(_store, options.MinTwinSyncPeriod, time);
        foreach (var client in _store.Waiting.Select(hub.Registry.Find).OfType<Registry.HubIdentity>())
        {
            twins.Restore(client);
        }

        var connections = UpstreamConnectionFactory.Create(options, _transport, _metrics, time, loggers);
        _connections = new UpstreamConnections(hub, options, connections, _store, twins, logger);
        Backend = new EdgeHubBackend(gatewayHostName, options.Credentials, hub.Registry.Scopes, _scope, _connections, twins, _store, logger);
        _own = new OwnConnectionHandler(() =>
        {
            if (!_scope.IsComplete)
            {
                _refresh.Set();
            }
        });
        _ownConnection = connections.Create(new DeviceIdentity(options.Credentials.Name.DeviceId, options.Credentials.Name.ModuleId));
        _refreshTimer = time.CreateTimer(_ => _refresh.Set(), null, options.ScopeRefreshInterval, options.ScopeRefreshInterval);
        _refreshing = RefreshAsync(_stopped.Token);
    }

    public EdgeHubOptions Options { get; }

    /// <summary>Gets whether the edge hub's own connection upstream is open.</summary>
    public bool IsConnected => _own.IsConnected;

    /// <summary>Gets the numbers of reports and telemetry messages that are queued to be sent upstream.</summary>
    public (int Reports, int Messages) Waiting => _store.Counts;

    internal IClientBackend Backend { get; }

    public async ValueTask DisposeAsync()
    {
        await _stopped.CancelAsync();
        await _refreshTimer.DisposeAsync();
        await _refreshing.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await _connections.DisposeAsync();
        await _ownConnection.DisposeAsync();
        _transport.Dispose();
        _source.Dispose();
        _scope.Dispose();
        _store.Dispose();
        _metrics.Dispose();
        _stopped.Dispose();
    }

    /// <summary>Reads the device scope, for at most the cloud time-out, and begins to send.</summary>
    internal async Task StartAsync(CancellationToken cancellationToken)
    {
        await _scope.RefreshAllAsync(cancellationToken);
        _ownConnection.Start(_own);
        _connections.Start();
    }

    private async Task RefreshAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            await _refresh.WaitAsync(cancellationToken);
            if (await _scope.RefreshAllAsync(cancellationToken))
            {
                _connections.Start(); // messages may be queued for clients that were unknown before
            }
        }
    }

    /// <summary>Watches the edge hub's own connection, which shows whether the hub above can be reached.</summary>
    private sealed class OwnConnectionHandler(Action connected) : IDeviceHandler
    {
        private volatile bool _isConnected;

        public bool IsConnected => _isConnected;

        public ValueTask OnTwinAsync(TwinDocument twin, CancellationToken cancellationToken) => ValueTask.CompletedTask;

        public ValueTask<MethodResponse> OnMethodAsync(MethodRequest request, CancellationToken cancellationToken) =>
            ValueTask.FromResult(new MethodResponse(404, JsonValue.Create("An edge hub has no direct methods.")));

        public ValueTask OnConnectionAsync(ConnectionStatus status, CancellationToken cancellationToken)
        {
            _isConnected = status.State == ConnectionState.Connected;
            if (_isConnected)
            {
                connected();
            }

            return ValueTask.CompletedTask;
        }
    }
}
