using EdgeGateway.Content.Addresses;
using EdgeGateway.Content.Holds;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace EdgeGateway.Content.Files;

/// <summary>
/// The bounded folder: keeps within its size and the disk's by evicting what was not used for longest, and remembers the order across
/// restarts.
/// </summary>
/// <remarks>Thread-safe. Errors of the disk come out as they are.</remarks>
internal sealed partial class ContentShelf(
    ContentFolder folder,
    IContentDisk disk,
    HoldBook holds,
    AddressIndex addresses,
    IdleFiles idle,
    IOptionsMonitor<ContentOptions> options,
    ContentMetrics metrics,
    ILogger<ContentStore> logger)
{
    private readonly Lock _lock = new();
    private readonly ContentLedger _ledger = new();
    private readonly ILogger _logger = logger;
    private bool _opened;

    /// <summary>All complete content, in no order.</summary>
    public IReadOnlyList<Sha256Digest> Complete
    {
        get
        {
            lock (_lock)
            {
                return [.. _ledger.Complete.Select(i => i.Digest)];
            }
        }
    }

    /// <summary>Scrubs and lists the folder, the first time.</summary>
    public void Open()
    {
        lock (_lock)
        {
            if (_opened)
            {
                return;
            }

            foreach (var file in folder.Scrub(Strange))
            {
                _ledger.Put(file.Digest, file.Bytes, file.Complete);
            }

            holds.Open(IsComplete, Strange);
            addresses.Open(IsComplete, Strange);
            _opened = true;
            LogOpened(folder.Root, _ledger.Count, _ledger.Total);
        }
    }

    /// <summary>Size of content that is complete, by its file; null if it is not there.</summary>
    public long? SizeOf(Sha256Digest digest)
    {
        lock (_lock)
        {
            return _ledger.Find(digest) is { Complete: true } && new FileInfo(folder.FileOf(digest)) is { Exists: true } file ? file.Length : null;
        }
    }

    /// <summary>Pins content that is complete.</summary>
    /// <returns>Null if it is not there.</returns>
    public ShelfPin? TryPin(Sha256Digest digest)
    {
        lock (_lock)
        {
            if (_ledger.Find(digest) is not { Complete: true } item)
            {
                return null;
            }

            if (File.Exists(folder.FileOf(digest)))
            {
                return Pin(item);
            }

            Forget(digest);
            return null;
        }
    }

    /// <summary>Makes room for a download, evicting if need be, and pins the room.</summary>
    /// <param name="name">The content, or the address it comes from.</param>
    /// <param name="size">Bytes it will have.</param>
    /// <param name="ahead">True if it is only fetched ahead: held content is not evicted for it.</param>
    /// <exception cref="ContentException"><see cref="ContentFailure.StoreFull"/> or <see cref="ContentFailure.Disk"/>.</exception>
    public ShelfPin Reserve(Sha256Digest name, long size, bool ahead)
    {
        lock (_lock)
        {
            var bound = options.CurrentValue.MaxBytes;
            if (size > bound)
            {
                throw new ContentException(ContentFailure.StoreFull, $"Content {name} has {size} bytes, the whole store may have {bound} (Content:MaxBytes).");
            }

            var pin = Pin(_ledger.Put(name, size, complete: false));
            try
            {
                FitStore(name, size, bound, ahead);
                FitDisk(name, ahead);
                return pin;
            }
            catch
            {
                pin.Dispose();
                Settle(name);
                throw;
            }
        }
    }

    /// <summary>The download is complete.</summary>
    /// <param name="name">Under which name the room was reserved.</param>
    /// <param name="digest">What came.</param>
    /// <param name="size">Its size in bytes.</param>
    /// <returns>Pins the content.</returns>
    public ShelfPin MarkComplete(Sha256Digest name, Sha256Digest digest, long size)
    {
        lock (_lock)
        {
            if (name != digest)
            {
                _ledger.Remove(name);
            }

            return Pin(_ledger.Put(digest, size, complete: true));
        }
    }

    /// <summary>The download ended without success: its part stays for a later run, unless the disk is too full for it.</summary>
    public void Abandon(Sha256Digest name)
    {
        lock (_lock)
        {
            Settle(name);
            if (_ledger.Find(name) is { Complete: false } part && disk.FreeBytes(folder.Root) is var free && free < options.CurrentValue.MinFreeBytes)
            {
                LogPartialDropped(name, part.Bytes, free);
                _ledger.Remove(name);
                folder.DeletePartial(name);
            }
        }
    }

    /// <summary>Somebody used the content: it is evicted later than others.</summary>
    public void Use(Sha256Digest digest)
    {
        lock (_lock)
        {
            _ledger.Use(digest);
        }
    }

    /// <summary>Deletes content that is not what its name says.</summary>
    public void Discard(Sha256Digest digest)
    {
        lock (_lock)
        {
            Forget(digest);
            File.Delete(folder.FileOf(digest));
        }
    }

    private void FitStore(Sha256Digest name, long size, long bound, bool ahead)
    {
        var used = _ledger.Total - Evictable(ahead);
        if (used > bound)
        {
            throw new ContentException(
                ContentFailure.StoreFull,
                $"No room for the {size} bytes of content {name}: running updates hold {used - size} of {bound} bytes (Content:MaxBytes).");
        }

        while (_ledger.Total > bound)
        {
            EvictOldest(ahead);
        }
    }

    private void FitDisk(Sha256Digest name, bool ahead)
    {
        var reserve = options.CurrentValue.MinFreeBytes;
        var needed = _ledger.Underway.Sum(i => Math.Max(0, i.Bytes - folder.PartialBytes(i.Digest)));
        while (disk.FreeBytes(folder.Root) is var free && free - needed < reserve)
        {
            if (_ledger.Oldest(holds.IsHeld, !ahead) is null || free + Evictable(ahead) - needed < reserve)
            {
                throw new ContentException(
                    ContentFailure.Disk,
                    $"The disk of {folder.Root} has {free} bytes free; content {name} and other downloads need {needed} more, and {reserve} are to stay free (Content:MinFreeBytes).");
            }

            EvictOldest(ahead);
        }
    }

    private long Evictable(bool ahead) => _ledger.Evictable(d => ahead && holds.IsHeld(d));

    private void EvictOldest(bool ahead)
    {
        var victim = _ledger.Oldest(holds.IsHeld, !ahead) ?? throw new InvalidOperationException("There is nothing to evict.");
        Forget(victim.Digest);
        if (victim.Complete)
        {
            File.Delete(folder.FileOf(victim.Digest));
        }
        else
        {
            folder.DeletePartial(victim.Digest);
        }

        metrics.Evicted(victim.Bytes);
        LogEvicted(victim.Digest, victim.Bytes, victim.Complete);
    }

    private void Settle(Sha256Digest name)
    {
        if (_ledger.Find(name) is { Complete: true })
        {
            folder.DeletePartial(name); // it came by its address meanwhile
        }
        else if (folder.PartialBytes(name) is > 0 and var bytes)
        {
            _ledger.Put(name, bytes, complete: false);
        }
        else
        {
            _ledger.Remove(name);
            folder.DeletePartial(name);
        }
    }

    private void Forget(Sha256Digest digest)
    {
        _ledger.Remove(digest);
        holds.Release(digest);
        idle.Drop(digest);
    }

    private bool IsComplete(Sha256Digest digest) => _ledger.Find(digest) is { Complete: true };

    private ShelfPin Pin(LedgerItem item)
    {
        item.Pins++;
        return new ShelfPin(item, _lock);
    }

    private void Strange(string path)
    {
        metrics.Damaged("strange");
        LogStrange(path);
    }

    [LoggerMessage(3000, LogLevel.Information, "Content store {Folder} has {Count} items of {Bytes} bytes.")]
    private partial void LogOpened(string folder, int count, long bytes);

    [LoggerMessage(3001, LogLevel.Warning, "{Path} does not belong into a content store; files are deleted, folders left alone.")]
    private partial void LogStrange(string path);

    [LoggerMessage(3002, LogLevel.Information, "Content {Digest} of {Bytes} bytes was evicted to make room; complete: {Complete}.")]
    private partial void LogEvicted(Sha256Digest digest, long bytes, bool complete);

    [LoggerMessage(3003, LogLevel.Warning, "The {Bytes} bytes of unfinished content {Digest} were given up because the disk has only {Free} bytes free.")]
    private partial void LogPartialDropped(Sha256Digest digest, long bytes, long free);
}
