namespace EdgeGateway.Module.Prefetch;

/// <summary>What is fetched ahead, one entry a content, in the order it was asked for; bounded.</summary>
/// <remarks>Not thread-safe.</remarks>
internal sealed class PrefetchList(IEnumerable<PrefetchEntry> entries)
{
    /// <summary>Most entries; those that have ended go first.</summary>
    public const int MaxEntries = 100;

    private readonly List<PrefetchEntry> _entries = [.. entries.Take(MaxEntries)];

    public IReadOnlyList<PrefetchEntry> Entries => [.. _entries];

    /// <summary>Adds entries, in the place of those of the same content.</summary>
    /// <returns>False, and nothing is changed, if the list is full.</returns>
    public bool TryAdd(IReadOnlyList<PrefetchEntry> entries)
    {
        var digests = entries.Select(e => e.Content.Digest).ToHashSet();
        var staying = _entries.Where(e => !digests.Contains(e.Content.Digest)).ToList();
        var surplus = staying.Count + entries.Count - MaxEntries;
        var leaving = staying.Where(e => e.State is PrefetchState.Ended or PrefetchState.Failed).Take(Math.Max(0, surplus)).ToHashSet();
        if (leaving.Count < surplus)
        {
            return false;
        }

        _entries.Clear();
        _entries.AddRange([.. staying.Where(e => !leaving.Contains(e)), .. entries]);
        return true;
    }

    public void RemoveAll(Predicate<PrefetchEntry> which) => _entries.RemoveAll(which);

    public PrefetchEntry? Find(Sha256Digest digest) => _entries.Find(e => e.Content.Digest == digest);

    /// <summary>Changes an entry, if it is still there.</summary>
    public PrefetchEntry? Change(Sha256Digest digest, Func<PrefetchEntry, PrefetchEntry> change)
    {
        var index = _entries.FindIndex(e => e.Content.Digest == digest);
        return index < 0 ? null : _entries[index] = change(_entries[index]);
    }
}
