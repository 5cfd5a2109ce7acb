using EdgeGateway.Serial;

namespace EdgeGateway.Firmware.Content.Files;

/// <summary>What is in the store, how large it is, and in which order it was used: pure bookkeeping, without a disk.</summary>
/// <remarks>Not thread-safe.</remarks>
internal sealed class ContentLedger
{
    private readonly Dictionary<Sha256Digest, Item> _items = [];
    private long _uses;

    /// <summary>Bytes of everything, downloads under way counted as if complete.</summary>
    public long Total { get; private set; }

    /// <summary>Bytes that may be evicted.</summary>
    public long Evictable => _items.Values.Where(i => !i.Pinned).Sum(i => i.Bytes);

    /// <summary>Downloads under way.</summary>
    public IEnumerable<Item> Underway => _items.Values.Where(i => i is { Pinned: true, Complete: false });

    public int Count => _items.Count;

    public Item? Find(Sha256Digest digest) => _items.GetValueOrDefault(digest);

    /// <summary>Adds or replaces; it becomes the most recently used.</summary>
    public void Put(Sha256Digest digest, long bytes, bool complete, bool pinned)
    {
        Remove(digest);
        _items.Add(digest, new Item(digest, bytes, complete, pinned, ++_uses));
        Total += bytes;
    }

    public void Remove(Sha256Digest digest)
    {
        if (_items.Remove(digest, out var item))
        {
            Total -= item.Bytes;
        }
    }

    /// <summary>What goes first when room is needed: the least recently used that nobody holds.</summary>
    public Item? Oldest() => _items.Values.Where(i => !i.Pinned).MinBy(i => i.Use);

    /// <param name="Digest">Name.</param>
    /// <param name="Bytes">Room it takes, or will take.</param>
    /// <param name="Complete">False for a part.</param>
    /// <param name="Pinned">In use: not to be evicted.</param>
    /// <param name="Use">Rises with each use.</param>
    internal sealed record Item(Sha256Digest Digest, long Bytes, bool Complete, bool Pinned, long Use);
}
