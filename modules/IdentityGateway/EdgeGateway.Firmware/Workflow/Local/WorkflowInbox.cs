using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Threading.Channels;
using EdgeGateway.Firmware.DeviceUpdate.Twins;

namespace EdgeGateway.Firmware.Workflow.Local;

/// <summary>What waits for a workflow: the latest twin, and every order given at the gateway itself.</summary>
/// <remarks>Thread-safe for those who put; one takes at a time.</remarks>
internal sealed class WorkflowInbox
{
    private readonly ConcurrentQueue<LocalWish> _wishes = new();
    private readonly Channel<bool> _bell = Channel.CreateBounded<bool>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    private DeviceUpdateTwin? _twin;

    /// <summary>Puts a twin in the place of one that was not taken.</summary>
    public void Put(DeviceUpdateTwin twin)
    {
        Volatile.Write(ref _twin, twin);
        _bell.Writer.TryWrite(true);
    }

    /// <summary>Puts an order and waits for the verdict; an order that nobody waits for any more is not carried out.</summary>
    public async Task<LocalVerdict> AskAsync(LocalOrder order, CancellationToken cancellationToken)
    {
        var wish = new LocalWish(order);
        _wishes.Enqueue(wish);
        _bell.Writer.TryWrite(true);
        await using var watch = cancellationToken.UnsafeRegister(static w => ((LocalWish)w!).TakeBack(), wish);
        return await wish.Verdict;
    }

    public bool TryTakeTwin([NotNullWhen(true)] out DeviceUpdateTwin? twin) => (twin = Interlocked.Exchange(ref _twin, null)) is not null;

    /// <summary>Takes the next order that somebody still waits for.</summary>
    public bool TryTakeWish([NotNullWhen(true)] out LocalWish? wish)
    {
        while (_wishes.TryDequeue(out wish))
        {
            if (!wish.IsGone)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Waits until there is something to take.</summary>
    public async Task WaitAsync(CancellationToken cancellationToken)
    {
        while (Volatile.Read(ref _twin) is null && _wishes.IsEmpty)
        {
            await _bell.Reader.ReadAsync(cancellationToken);
        }
    }
}
