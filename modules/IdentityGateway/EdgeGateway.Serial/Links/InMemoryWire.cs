namespace EdgeGateway.Serial.Links;

/// <summary>One direction of an in-memory pair: a byte queue that wakes who waits at its ends.</summary>
/// <remarks>Without a receiver bytes are lost, as on a wire.</remarks>
internal sealed class InMemoryWire(int? capacity)
{
    private readonly Lock _lock = new();
    private byte[] _ring = new byte[Math.Min(capacity ?? 4096, 4096)];
    private int _start;
    private int _count;
    private ReadySignal? _receiver;
    private ReadySignal? _sender;

    /// <summary>The writer that waits for space; null for none.</summary>
    public void AttachSender(ReadySignal? writable)
    {
        lock (_lock)
        {
            _sender = writable;
        }
    }

    /// <summary>The reader that waits for bytes; null for none. Queued bytes are discarded.</summary>
    public void AttachReceiver(ReadySignal? readable)
    {
        ReadySignal? sender;
        lock (_lock)
        {
            _receiver = readable;
            _count = 0;
            sender = _sender;
        }

        sender?.Set();
    }

    /// <summary>Queues as many bytes as fit and returns their number; 0 where the queue is full.</summary>
    public int Write(ReadOnlySpan<byte> bytes)
    {
        ReadySignal receiver;
        lock (_lock)
        {
            if (_receiver is null)
            {
                return bytes.Length;
            }

            receiver = _receiver;
            bytes = bytes[..Math.Min(bytes.Length, (capacity ?? int.MaxValue) - _count)];
            Grow(_count + bytes.Length);
            var end = (_start + _count) % _ring.Length;
            var first = Math.Min(bytes.Length, _ring.Length - end);
            bytes[..first].CopyTo(_ring.AsSpan(end));
            bytes[first..].CopyTo(_ring);
            _count += bytes.Length;
        }

        if (!bytes.IsEmpty)
        {
            receiver.Set();
        }

        return bytes.Length;
    }

    /// <summary>Takes what is queued, as far as the buffer reaches; 0 where nothing is.</summary>
    public int Read(Span<byte> buffer)
    {
        ReadySignal? sender;
        int length;
        lock (_lock)
        {
            length = Math.Min(buffer.Length, _count);
            var first = Math.Min(length, _ring.Length - _start);
            _ring.AsSpan(_start, first).CopyTo(buffer);
            _ring.AsSpan(0, length - first).CopyTo(buffer[first..]);
            _start = (_start + length) % _ring.Length;
            _count -= length;
            sender = length > 0 ? _sender : null;
        }

        sender?.Set();
        return length;
    }

    private void Grow(int needed)
    {
        if (needed <= _ring.Length)
        {
            return;
        }

        var larger = new byte[Math.Min(Math.Max(needed, 2 * _ring.Length), capacity ?? int.MaxValue)];
        var first = Math.Min(_count, _ring.Length - _start);
        _ring.AsSpan(_start, first).CopyTo(larger);
        _ring.AsSpan(0, _count - first).CopyTo(larger.AsSpan(first));
        _ring = larger;
        _start = 0;
    }
}
