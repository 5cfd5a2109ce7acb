using System.Threading.Channels;

namespace EdgeGateway.Simulators.IotHub.Edge.Outgoing;

/// <summary>Signals one waiter. Several signals before it waits count as one.</summary>
internal sealed class AsyncAutoResetEvent
{
    private readonly Channel<bool> _signal = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    public void Set() => _signal.Writer.TryWrite(true);

    public async Task WaitAsync(CancellationToken cancellationToken) => await _signal.Reader.ReadAsync(cancellationToken);
}
