using System.Collections;

namespace EdgeGateway.Serial.Protocol.Transfer;

/// <summary>A set of bytes kept as ascending ranges that neither touch nor overlap.</summary>
/// <remarks>Not thread-safe. Meant for a handful of ranges: operations are linear in their count.</remarks>
public sealed class RangeSet : IReadOnlyList<ByteRange>
{
    private readonly List<ByteRange> _ranges = [];

    public int Count => _ranges.Count;

    public ByteRange this[int index] => _ranges[index];

    /// <summary>Bytes in the set.</summary>
    public long Length => _ranges.Sum(range => range.Length);

    /// <summary>Adds bytes, those that are there already included.</summary>
    public void Add(ByteRange range)
    {
        if (range.IsEmpty)
        {
            return;
        }

        var first = _ranges.FindIndex(r => r.End >= range.Start);
        if (first < 0)
        {
            _ranges.Add(range);
            return;
        }

        var last = first;
        while (last < _ranges.Count && _ranges[last].Start <= range.End)
        {
            range = new ByteRange(Math.Min(range.Start, _ranges[last].Start), Math.Max(range.End, _ranges[last].End));
            last++;
        }

        _ranges.RemoveRange(first, last - first);
        _ranges.Insert(first, range);
    }

    /// <summary>Takes bytes out, those that are not there included.</summary>
    public void Remove(ByteRange range)
    {
        for (var i = _ranges.Count - 1; i >= 0 && !range.IsEmpty; i--)
        {
            var existing = _ranges[i];
            if (existing.End <= range.Start || existing.Start >= range.End)
            {
                continue;
            }

            _ranges.RemoveAt(i);
            if (existing.End > range.End)
            {
                _ranges.Insert(i, existing with { Start = range.End });
            }

            if (existing.Start < range.Start)
            {
                _ranges.Insert(i, existing with { End = range.Start });
            }
        }
    }

    /// <summary>True where every byte of <paramref name="range"/> is in the set.</summary>
    public bool Contains(ByteRange range) => range.IsEmpty || _ranges.Exists(r => r.Start <= range.Start && r.End >= range.End);

    public void Clear() => _ranges.Clear();

    public IEnumerator<ByteRange> GetEnumerator() => _ranges.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}

/// <summary>Bytes from <paramref name="Start"/> up to, not including, <paramref name="End"/>.</summary>
public readonly record struct ByteRange(long Start, long End)
{
    public long Length => End - Start;

    public bool IsEmpty => End <= Start;
}
