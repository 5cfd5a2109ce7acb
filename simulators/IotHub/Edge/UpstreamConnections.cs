using EdgeGateway.Hub.Connections;
using EdgeGateway.Simulators.IotHub.Edge.Outgoing;
using EdgeGateway.Simulators.IotHub.Hosting;
using EdgeGateway.Simulators.IotHub.Mqtt;
using EdgeGateway.Simulators.IotHub.Registry;

namespace EdgeGateway.Simulators.IotHub.Edge;

/// <summary>Holds a connection to the hub above for each client that is connected or has queued reports or messages.</summary>
/// <remarks>Thread-safe.</remarks>
internal sealed partial class UpstreamConnections : IAsyncDisposable
{
    private readonly HubState _hub;
    private readonly EdgeHubOptions _options;
    private readonly IDeviceConnectionFactory _factory;
    private readonly OutgoingStore _store;
    private readonly TwinSynchronizer _twins;
    private readonly ILogger _logger;
    private readonly Lock _lock = new();
    private readonly Dictionary<IdentityName, UpstreamConnection> _connections = [];
    private readonly HashSet<Task> _ending = [];
    private bool _disposed;

    public UpstreamConnections(
        HubState hub, EdgeHubOptions options, IDeviceConnectionFactory factory, OutgoingStore store, TwinSynchronizer twins, ILogger logger)
    {
        (_hub, _options, _factory, _store, _twins, _logger) = (hub, options, factory, store, twins, logger);
        hub.Sessions.Entered += session => Ensure(session.Name);
        hub.Sessions.Left += session => EndIfIdle(session.Name);
        hub.Sessions.Changed += BringRefusedMessages;
        store.Added += Ensure;
        store.Completed += EndIfIdle;
    }

    /// <summary>Connects on behalf of the clients with queued reports or messages.</summary>
    public void Start()
    {
        foreach (var name in _store.Waiting)
        {
            Ensure(name);
        }
    }

    public UpstreamConnection? Find(IdentityName name)
    {
        lock (_lock)
        {
            return _connections.GetValueOrDefault(name);
        }
    }

    public async ValueTask DisposeAsync()
    {
        List<Task> all;
        lock (_lock)
        {
            _disposed = true;
            all = [.. _ending, .. _connections.Values.Select(c => c.DisposeAsync().AsTask())];
            _connections.Clear();
        }

        await Task.WhenAll(all);
    }

    private void Ensure(IdentityName name)
    {
        UpstreamConnection connection;
        lock (_lock)
        {
            if (_disposed || _connections.ContainsKey(name) || name == _options.Credentials.Name)
            {
                return;
            }

            var client = _hub.Registry.Find(name);
            if (client is null || AuthenticationChain.Of(name, _options.Credentials.EdgeId, _hub.Registry.Scopes) is not { } chain)
            {
                LogNoChain(name, _options.Credentials.EdgeId);
                return;
            }

            var identity = new DeviceIdentity(name.DeviceId, name.ModuleId, client.ModelId.Length > 0 ? client.ModelId : null, chain.ToString());
            connection = new UpstreamConnection(_hub, _options, client, identity, _factory, _store, _twins, _logger);
            _connections.Add(name, connection);
        }

        connection.Start();
    }

    private void EndIfIdle(IdentityName name)
    {
        lock (_lock)
        {
            var isWanted = _hub.Sessions.IsConnected(name) || (!_store.IsEmpty(name) && _hub.Registry.Find(name) is not null);
            if (!isWanted && _connections.Remove(name, out var connection))
            {
                End(connection);
            }
        }
    }

    /// <summary>Reconnects on behalf of clients that accept messages now: the hub above sends unacknowledged messages again on a new connection.</summary>
    private void BringRefusedMessages()
    {
        lock (_lock)
        {
            foreach (var connection in _connections.Values.Where(l => l.HasRefusedMessage && _hub.Sessions.Find(l.Name) is { AcceptsMessages: true }).ToList())
            {
                _connections.Remove(connection.Name);
                End(connection);
            }
        }
    }

    private void End(UpstreamConnection connection)
    {
        if (_disposed)
        {
            return;
        }

        var ending = EndAsync(connection);
        _ending.Add(ending);
        _ = ending.ContinueWith(Forget, TaskScheduler.Default);
    }

    private async Task EndAsync(UpstreamConnection connection)
    {
        await Task.Yield();
        await connection.DisposeAsync();
        if (_hub.Sessions.IsConnected(connection.Name) || !_store.IsEmpty(connection.Name))
        {
            Ensure(connection.Name); // the client has returned, or something was queued meanwhile
        }
    }

    private void Forget(Task ending)
    {
        lock (_lock)
        {
            _ending.Remove(ending);
        }
    }

    [LoggerMessage(6120, LogLevel.Warning, "Nothing sent upstream: the client is not in the scope of this edge device. Client={Client} Edge={Edge}")]
    private partial void LogNoChain(IdentityName client, string edge);
}
