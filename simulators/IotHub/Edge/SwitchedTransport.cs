using EdgeGateway.Hub.Connections;
using EdgeGateway.Hub.Connections.Transport;
using EdgeGateway.Simulators.IotHub.Hosting;

namespace EdgeGateway.Simulators.IotHub.Edge;

/// <summary>Connects upstream, unless <see cref="HubSwitches.UpstreamCut"/> is set: that closes open connections and refuses new ones.</summary>
internal sealed class SwitchedTransport : IHubTransport, IDisposable
{
    private readonly IHubTransport _inner;
    private readonly HubSwitches _switches;
    private readonly Lock _lock = new();
    private readonly HashSet<WeakReference<Stream>> _open = [];

    public SwitchedTransport(IHubTransport inner, HubSwitches switches)
    {
        _inner = inner;
        _switches = switches;
        switches.UpstreamWasCut += Cut;
    }

    public async Task<Stream> ConnectAsync(HubEndpoint endpoint, CancellationToken cancellationToken)
    {
        ThrowIfCut();
        var stream = await _inner.ConnectAsync(endpoint, cancellationToken);
        lock (_lock)
        {
            _open.RemoveWhere(known => !known.TryGetTarget(out _));
            _open.Add(new WeakReference<Stream>(stream));
        }

        if (_switches.UpstreamCut)
        {
            await stream.DisposeAsync();
        }

        ThrowIfCut();
        return stream;
    }

    /// <exception cref="HubException">The connection upstream is switched off.</exception>
    public void ThrowIfCut()
    {
        if (_switches.UpstreamCut)
        {
            throw new HubException(HubFailure.Unreachable, "The connection upstream is switched off.");
        }
    }

    public void Dispose() => _switches.UpstreamWasCut -= Cut;

    private void Cut()
    {
        List<WeakReference<Stream>> all;
        lock (_lock)
        {
            all = [.. _open];
            _open.Clear();
        }

        foreach (var known in all)
        {
            if (known.TryGetTarget(out var stream))
            {
                stream.Dispose();
            }
        }
    }
}
