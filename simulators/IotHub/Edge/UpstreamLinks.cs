using EdgeGateway.Hub.Connections;
using EdgeGateway.Simulators.IotHub.Edge.Outgoing;
using EdgeGateway.Simulators.IotHub.Hosting;
using EdgeGateway.Simulators.IotHub.Mqtt;
using EdgeGateway.Simulators.IotHub.Registry;

namespace EdgeGateway.Simulators.IotHub.Edge;

/// <summary>A link upstream for each client that is connected, or for which something waits.</summary>
/// <remarks>Thread-safe.</remarks>
internal sealed partial class UpstreamLinks : IAsyncDisposable
{
    private readonly HubState _hub;
    private readonly EdgeHubOptions _options;
    private readonly IDeviceConnectionFactory _connections;
    private readonly OutgoingStore _store;
    private readonly TwinSynchronizer _twins;
    private readonly ILogger _logger;
    private readonly Lock _lock = new();
    private readonly Dictionary<IdentityName, UpstreamLink> _links = [];
    private readonly HashSet<Task> _ending = [];
    private bool _disposed;

    public UpstreamLinks(
        HubState hub, EdgeHubOptions options, IDeviceConnectionFactory connections, OutgoingStore store, TwinSynchronizer twins, ILogger logger)
    {
        (_hub, _options, _connections, _store, _twins, _logger) = (hub, options, connections, store, twins, logger);
        hub.Sessions.Entered += session => Ensure(session.Name);
        hub.Sessions.Left += session => EndIfIdle(session.Name);
        hub.Sessions.Changed += BringRefusedMessages;
        store.Added += Ensure;
        store.Completed += EndIfIdle;
    }

    /// <summary>Begins with what waits from before.</summary>
    public void Start()
    {
        foreach (var name in _store.Waiting)
        {
            Ensure(name);
        }
    }

    public UpstreamLink? Find(IdentityName name)
    {
        lock (_lock)
        {
            return _links.GetValueOrDefault(name);
        }
    }

    public async ValueTask DisposeAsync()
    {
        List<Task> all;
        lock (_lock)
        {
            _disposed = true;
            all = [.. _ending, .. _links.Values.Select(l => l.DisposeAsync().AsTask())];
            _links.Clear();
        }

        await Task.WhenAll(all);
    }

    private void Ensure(IdentityName name)
    {
        UpstreamLink link;
        lock (_lock)
        {
            if (_disposed || _links.ContainsKey(name) || name == _options.Credentials.Name)
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
            link = new UpstreamLink(_hub, _options, client, identity, _connections, _store, _twins, _logger);
            _links.Add(name, link);
        }

        link.Start();
    }

    private void EndIfIdle(IdentityName name)
    {
        lock (_lock)
        {
            var isWanted = _hub.Sessions.IsConnected(name) || (!_store.IsEmpty(name) && _hub.Registry.Find(name) is not null);
            if (!isWanted && _links.Remove(name, out var link))
            {
                End(link);
            }
        }
    }

    /// <summary>The hub above brings unacknowledged messages again on the next connection: clients that take them by now get one.</summary>
    private void BringRefusedMessages()
    {
        lock (_lock)
        {
            foreach (var link in _links.Values.Where(l => l.HasRefusedMessage && _hub.Sessions.Find(l.Name) is { AcceptsCommands: true }).ToList())
            {
                _links.Remove(link.Name);
                End(link);
            }
        }
    }

    private void End(UpstreamLink link)
    {
        if (_disposed)
        {
            return;
        }

        var ending = EndAsync(link);
        _ending.Add(ending);
        _ = ending.ContinueWith(Forget, TaskScheduler.Default);
    }

    private async Task EndAsync(UpstreamLink link)
    {
        await Task.Yield();
        await link.DisposeAsync();
        if (_hub.Sessions.IsConnected(link.Name) || !_store.IsEmpty(link.Name))
        {
            Ensure(link.Name); // it is wanted again
        }
    }

    private void Forget(Task ending)
    {
        lock (_lock)
        {
            _ending.Remove(ending);
        }
    }
}
