namespace EdgeGateway.Simulators.Mcu.Node;

/// <summary>What a node has to say and when it may.</summary>
internal sealed class Transmitter
{
    private readonly Queue<(byte[] Bytes, TimeSpan Due)> _queue = new();
    private TimeSpan _last;

    /// <summary>When the next answer may go out; null if there is none.</summary>
    public TimeSpan? NextDue => _queue.TryPeek(out var next) ? next.Due : null;

    /// <summary>Queues bytes behind those that are queued already.</summary>
    /// <returns>When they go out.</returns>
    public TimeSpan Send(byte[] bytes, TimeSpan due)
    {
        _last = _queue.Count > 0 && _last > due ? _last : due;
        _queue.Enqueue((bytes, _last));
        return _last;
    }

    public bool TryTake(TimeSpan now, out byte[] bytes)
    {
        if (!_queue.TryPeek(out var next) || next.Due > now)
        {
            bytes = [];
            return false;
        }

        bytes = _queue.Dequeue().Bytes;
        return true;
    }

    public void Clear() => _queue.Clear();
}
