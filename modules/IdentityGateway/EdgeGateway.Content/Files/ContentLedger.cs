
namespace EdgeGateway.Content.Files;

/// <summary>What is in the store, how large it is, and in which order it was used: pure bookkeeping, without a disk.</summary>
/// <remarks>Not thread-safe.</remarks>
internal sealed class ContentLedger
{
    private readonly Dictionary<Sha256Digest, LedgerItem> _items = [];
    private long _uses;

    /// <summary>Bytes of everything, downloads under way counted as if complete.</summary>
    public long Total { get; private set; }

    /// <summary>Downloads under way.</summary>
    public IEnumerable<LedgerItem> Underway => _items.Values.Where(i => i is { Pins: > 0, Complete: false });

    /// <summary>All that is complete.</summary>
    public IEnumerable<LedgerItem> Complete => _items.Values.Where(i => i.Complete);

    public int Count => _items.Count;

    public LedgerItem? Find(Sha256Digest digest) => _items.GetValueOrDefault(digest);

    /// <summary>Adds or changes; it becomes the most recently used, and its pins stay.</summary>
    public LedgerItem Put(Sha256Digest digest, long bytes, bool complete)
    {
        if (!_items.TryGetValue(digest, out var item))
        {
            _items.Add(digest, item = new LedgerItem(digest));
        }

        Total += bytes - item.Bytes;
        (item.Bytes, item.Complete, item.Use) = (bytes, complete, ++_uses);
        return item;
    }

    /// <summary>It becomes the most recently used.</summary>
    public void Use(Sha256Digest digest)
    {
        if (_items.TryGetValue(digest, out var item))
        {
            item.Use = ++_uses;
        }
    }

    public void Remove(Sha256Digest digest)
    {
        if (_items.Remove(digest, out var item))
        {
            Total -= item.Bytes;
        }
    }

    /// <summary>Bytes that may be evicted.</summary>
    /// <param name="spared">What is not to be evicted though nobody uses it.</param>
    public long Evictable(Func<Sha256Digest, bool> spared) => _items.Values.Where(i => i.Pins == 0 && !spared(i.Digest)).Sum(i => i.Bytes);

    /// <summary>What goes first when room is needed: the least recently used that nobody uses; held content last.</summary>
    /// <param name="held">What is held for later.</param>
    /// <param name="heldToo">Whether that may be evicted if there is nothing else.</param>
    public LedgerItem? Oldest(Func<Sha256Digest, bool> held, bool heldToo) =>
        _items.Values.Where(i => i.Pins == 0 && (heldToo || !held(i.Digest))).MinBy(i => (held(i.Digest), i.Use));
}
