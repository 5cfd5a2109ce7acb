using EdgeGateway.Serial.Protocol.Transfer;

namespace EdgeGateway.Simulators.Mcu.Node.Update;

/// <summary>The receive memory of a node: bytes wait here, in order or not, until they are programmed (wire-protocol.md 5.2).</summary>
internal sealed class ReceiveWindow(int capacity, int maxRanges)
{
    private readonly byte[] _memory = new byte[capacity];

    /// <summary>Bytes of the whole image.</summary>
    public long Size { get; private set; }

    /// <summary>Leading bytes that are programmed.</summary>
    public long Programmed { get; private set; }

    /// <summary>Every byte before this offset is received.</summary>
    public long Next { get; private set; }

    /// <summary>Right edge of the window.</summary>
    public long Limit => Math.Min(Size, Programmed + _memory.Length);

    /// <summary>What is received beyond a gap.</summary>
    public RangeSet Beyond { get; } = new();

    /// <summary>Bytes beyond a gap were dropped, and the gap is still there.</summary>
    public bool HasDropped { get; private set; }

    public void Reset(long offset, long size)
    {
        Size = size;
        Programmed = Next = offset;
        Beyond.Clear();
        HasDropped = false;
    }

    /// <summary>Keeps what is new and fits.</summary>
    public void Accept(long offset, ReadOnlySpan<byte> data)
    {
        var start = Math.Max(offset, Next);
        var end = Math.Min(offset + data.Length, Limit);
        if (end <= start)
        {
            return;
        }

        var range = new ByteRange(start, end);
        var fresh = data[(int)(start - offset)..(int)(end - offset)];
        if (start == Next)
        {
            Store(start, fresh);
            Next = end;
            HasDropped = false;
            CloseGap();
        }
        else if (maxRanges == 0)
        {
            HasDropped = true;
        }
        else if (Beyond.Count < maxRanges || Beyond.Any(r => r.Start <= range.End && range.Start <= r.End))
        {
            Store(start, fresh);
            Beyond.Add(range);
        }
    }

    /// <summary>Copies bytes that are received and not yet programmed.</summary>
    public void Read(long offset, Span<byte> destination)
    {
        var at = (int)(offset % _memory.Length);
        var first = Math.Min(destination.Length, _memory.Length - at);
        _memory.AsSpan(at, first).CopyTo(destination);
        _memory.AsSpan(0, destination.Length - first).CopyTo(destination[first..]);
    }

    /// <summary>Bytes are in flash: their memory is free.</summary>
    public void Release(int count) => Programmed += count;

    private void Store(long offset, ReadOnlySpan<byte> data)
    {
        var at = (int)(offset % _memory.Length);
        var first = Math.Min(data.Length, _memory.Length - at);
        data[..first].CopyTo(_memory.AsSpan(at));
        data[first..].CopyTo(_memory);
    }

    private void CloseGap()
    {
        while (Beyond.Count > 0 && Beyond[0].Start <= Next)
        {
            var first = Beyond[0];
            Next = Math.Max(Next, first.End);
            Beyond.Remove(first);
        }
    }
}
