namespace EdgeGateway.Simulators.Mcu.Lines;

/// <summary>A first-in first-out store of bytes that grows and is reused.</summary>
internal sealed class ByteRing
{
    private byte[] _buffer = new byte[256];
    private int _head;

    public int Count { get; private set; }

    public void Write(ReadOnlySpan<byte> bytes)
    {
        Reserve(Count + bytes.Length);
        var tail = (_head + Count) & (_buffer.Length - 1);
        var first = Math.Min(bytes.Length, _buffer.Length - tail);
        bytes[..first].CopyTo(_buffer.AsSpan(tail));
        bytes[first..].CopyTo(_buffer);
        Count += bytes.Length;
    }

    /// <summary>Fills <paramref name="destination"/>, which must not be longer than <see cref="Count"/>.</summary>
    public void Read(Span<byte> destination)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(destination.Length, Count, nameof(destination));
        var first = Math.Min(destination.Length, _buffer.Length - _head);
        _buffer.AsSpan(_head, first).CopyTo(destination);
        _buffer.AsSpan(0, destination.Length - first).CopyTo(destination[first..]);
        _head = (_head + destination.Length) & (_buffer.Length - 1);
        Count -= destination.Length;
    }

    public void Clear() => Count = 0;

    private void Reserve(int needed)
    {
        if (needed <= _buffer.Length)
        {
            return;
        }

        var larger = new byte[(int)System.Numerics.BitOperations.RoundUpToPowerOf2((uint)needed)];
        var count = Count;
        Read(larger.AsSpan(0, count));
        (_buffer, _head, Count) = (larger, 0, count);
    }
}
