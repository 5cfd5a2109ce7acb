namespace EdgeGateway.Content.Cache;

/// <summary>Knows the content of the store, its size and the order of use. Does no I/O.</summary>
/// <remarks>Not thread-safe.</remarks>
internal sealed class CacheIndex
{
    private readonly Dictionary<Sha256Digest, CacheEntry> _items = [];
    private long _uses;

    /// <summary>Gets the number of bytes of all entries; running downloads count as complete.</summary>
    public long Total { get; private set; }

    /// <summary>Gets the running downloads.</summary>
    public IEnumerable<CacheEntry> Running => _items.Values.Where(i => i is { Pins: > 0, Complete: false });

    /// <summary>Gets all complete content.</summary>
    public IEnumerable<CacheEntry> Complete => _items.Values.Where(i => i.Complete);

    public int Count => _items.Count;

    public CacheEntry? Find(Sha256Digest digest) => _items.GetValueOrDefault(digest);

    /// <summary>Adds or changes an entry, which becomes the most recently used. Its pins stay.</summary>
    public CacheEntry Put(Sha256Digest digest, long bytes, bool complete)
    {
        if (!_items.TryGetValue(digest, out var item))
        {
            _items.Add(digest, item = new CacheEntry(digest));
        }

        Total += bytes - item.Bytes;
        (item.Bytes, item.Complete, item.Use) = (bytes, complete, ++_uses);
        return item;
    }

    /// <summary>Makes an entry the most recently used.</summary>
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

    /// <summary>Counts the bytes that may be evicted.</summary>
    /// <param name="spared">Tells which unpinned content must not be evicted.</param>
    public long Evictable(Func<Sha256Digest, bool> spared) => _items.Values.Where(i => i.Pins == 0 && !spared(i.Digest)).Sum(i => i.Bytes);

    /// <summary>Finds the entry to evict next: the least recently used one without pins; retained content last.</summary>
    /// <param name="held">Tells which content is retained.</param>
    /// <param name="heldToo">Whether retained content may be evicted if there is no other.</param>
    public CacheEntry? Oldest(Func<Sha256Digest, bool> held, bool heldToo) =>
        _items.Values.Where(i => i.Pins == 0 && (heldToo || !held(i.Digest))).MinBy(i => (held(i.Digest), i.Use));
}

/// <summary>An entry of the store: complete or partial content.</summary>
internal sealed class CacheEntry(Sha256Digest digest)
{
    public Sha256Digest Digest { get; } = digest;

    /// <summary>Gets or sets the number of bytes that it uses or reserves.</summary>
    public long Bytes { get; set; }

    /// <summary>Gets or sets whether the content is complete.</summary>
    public bool Complete { get; set; }

    /// <summary>Gets or sets the number of pins; only an entry without pins may be evicted.</summary>
    public int Pins { get; set; }

    /// <summary>Gets or sets the time of the last use, in uses of the store.</summary>
    public long Use { get; set; }
}
