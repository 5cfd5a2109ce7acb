namespace EdgeGateway.Serial.Protocol.Transfer;

/// <summary>Frames that were sent and not yet accounted for, oldest first, and the mapping from wire sequences to them.</summary>
internal sealed class SentFrames
{
    private readonly Queue<Transmission> _queue = new();
    private long _next;

    public SentFrames(byte firstSequence) => _next = firstSequence;

    public int Count => _queue.Count;

    /// <summary>Image bytes in flight.</summary>
    public long Bytes { get; private set; }

    /// <summary>Ordinal that the next frame will have; its low byte is the sequence.</summary>
    public long NextOrdinal => _next;

    /// <summary>The oldest frame that asked and was not answered; null if there is none.</summary>
    public Transmission? OldestAsk
    {
        get
        {
            foreach (var transmission in _queue)
            {
                if (transmission.Ask)
                {
                    return transmission;
                }
            }

            return null;
        }
    }

    public byte Add(ByteRange range, bool ask, int wireBytes, TimeSpan departure)
    {
        var ordinal = _next++;
        _queue.Enqueue(new Transmission(ordinal, range, ask, wireBytes, departure));
        Bytes += range.Length;
        return (byte)ordinal;
    }

    /// <summary>The ordinal of the frame an answer speaks of: the last one sent with that sequence.</summary>
    public long OrdinalOf(byte sequence) => _next - 1 - (byte)(_next - 1 - sequence);

    /// <summary>Takes out the oldest frame if it is not younger than <paramref name="ordinal"/>.</summary>
    public bool TryTake(long ordinal, out Transmission transmission)
    {
        if (!_queue.TryPeek(out transmission!) || transmission.Ordinal > ordinal)
        {
            return false;
        }

        _queue.Dequeue();
        Bytes -= transmission.Range.Length;
        return true;
    }

    /// <summary>Takes the bytes in flight out of a set.</summary>
    public void RemoveFrom(RangeSet set)
    {
        foreach (var transmission in _queue)
        {
            if (set.Count == 0)
            {
                return;
            }

            set.Remove(transmission.Range);
        }
    }

    public void Clear()
    {
        _queue.Clear();
        Bytes = 0;
    }

    public sealed record Transmission(long Ordinal, ByteRange Range, bool Ask, int WireBytes, TimeSpan Departure);
}
