using EdgeGateway.Content.Addresses;
using EdgeGateway.Content.Retention;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace EdgeGateway.Content.Cache;

/// <summary>
/// Keeps the files of the store within its bound and the free space of the disk: evicts the least recently used content, and remembers the order
/// across restarts.
/// </summary>
/// <remarks>Thread-safe. Throws disk errors unchanged.</remarks>
internal sealed partial class CacheDirectory(
    CacheLayout folder,
    IContentDisk disk,
    RetentionIndex retention,
    AddressIndex addresses,
    IdleFiles idle,
    IOptionsMonitor<ContentOptions> options,
    ContentMetrics metrics,
    ILogger<ContentStore> logger)
{
    private readonly Lock _lock = new();
    private readonly CacheIndex _index = new();
    private readonly ILogger _logger = logger;
    private bool _opened;

    /// <summary>Gets the digests of all complete content, in no order.</summary>
    public IReadOnlyList<Sha256Digest> Complete
    {
        get
        {
            lock (_lock)
            {
                return [.. _index.Complete.Select(i => i.Digest)];
            }
        }
    }

    /// <summary>Cleans and lists the folder at the first call.</summary>
    public void Open()
    {
        lock (_lock)
        {
            if (_opened)
            {
                return;
            }

            foreach (var file in folder.Scrub(OnUnexpected))
            {
                _index.Put(file.Digest, file.Bytes, file.Complete);
            }

            retention.Open(IsComplete, OnUnexpected);
            addresses.Open(IsComplete, OnUnexpected);
            _opened = true;
            LogOpened(folder.Root, _index.Count, _index.Total);
        }
    }

    /// <summary>Gets the file size of complete content; null if it is not present.</summary>
    public long? SizeOf(Sha256Digest digest)
    {
        lock (_lock)
        {
            return _index.Find(digest) is { Complete: true } && new FileInfo(folder.FileOf(digest)) is { Exists: true } file ? file.Length : null;
        }
    }

    /// <summary>Pins complete content: keeps it from eviction.</summary>
    /// <returns>The pin; null if the content is not present.</returns>
    public CachePin? TryPin(Sha256Digest digest)
    {
        lock (_lock)
        {
            if (_index.Find(digest) is not { Complete: true } item)
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

    /// <summary>Reserves space for a download, evicts other content if necessary, and pins the reservation.</summary>
    /// <param name="name">The digest of the content, or the key of the address it comes from.</param>
    /// <param name="size">Size of the content in bytes.</param>
    /// <param name="ahead">True for a prefetch: retained content is not evicted for it.</param>
    /// <exception cref="ContentException"><see cref="ContentFailure.StoreFull"/> or <see cref="ContentFailure.Disk"/>.</exception>
    public CachePin Reserve(Sha256Digest name, long size, bool ahead)
    {
        lock (_lock)
        {
            var bound = options.CurrentValue.MaxBytes;
            if (size > bound)
            {
                throw new ContentException(ContentFailure.StoreFull, $"Content {name} has {size} bytes; the whole store may have {bound} (Content:MaxBytes).");
            }

            var pin = Pin(_index.Put(name, size, complete: false));
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

    /// <summary>Marks a download as complete.</summary>
    /// <param name="name">The name of the reservation.</param>
    /// <param name="size">Size of the content in bytes.</param>
    /// <returns>A pin on the content.</returns>
    public CachePin MarkComplete(Sha256Digest name, Sha256Digest digest, long size)
    {
        lock (_lock)
        {
            if (name != digest)
            {
                _index.Remove(name);
                if (_index.Find(digest) is { Complete: false, Pins: 0 })
                {
                    folder.DeletePartial(digest); // of an earlier download by digest; its entry becomes the complete one
                }
            }

            return Pin(_index.Put(digest, size, complete: true));
        }
    }

    /// <summary>Ends a reservation without success. The partial file stays for a later download, unless the disk is too full for it.</summary>
    public void Abandon(Sha256Digest name)
    {
        lock (_lock)
        {
            Settle(name);
            if (_index.Find(name) is { Complete: false } part && disk.FreeBytes(folder.Root) is var free && free < options.CurrentValue.MinFreeBytes)
            {
                LogPartialDropped(name, part.Bytes, free);
                _index.Remove(name);
                folder.DeletePartial(name);
            }
        }
    }

    /// <summary>Notes a use of the content: it is evicted later than other content.</summary>
    public void Use(Sha256Digest digest)
    {
        lock (_lock)
        {
            _index.Use(digest);
        }
    }

    /// <summary>Deletes content whose digest is wrong.</summary>
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
        var used = _index.Total - Evictable(ahead);
        if (used > bound)
        {
            throw new ContentException(
                ContentFailure.StoreFull,
                $"The store has no space for the {size} bytes of content {name}: running updates use {used - size} of {bound} bytes (Content:MaxBytes).");
        }

        while (_index.Total > bound)
        {
            EvictOldest(ahead);
        }
    }

    private void FitDisk(Sha256Digest name, bool ahead)
    {
        var reserve = options.CurrentValue.MinFreeBytes;
        var needed = _index.Running.Sum(i => Math.Max(0, i.Bytes - folder.PartialBytes(i.Digest)));
        while (disk.FreeBytes(folder.Root) is var free && free - needed < reserve)
        {
            if (_index.Oldest(retention.IsRetained, !ahead) is null || free + Evictable(ahead) - needed < reserve)
            {
                throw new ContentException(
                    ContentFailure.Disk,
                    $"The disk of {folder.Root} has {free} bytes free; content {name} and other downloads need {needed} more, and {reserve} must stay free (Content:MinFreeBytes).");
            }

            EvictOldest(ahead);
        }
    }

    private long Evictable(bool ahead) => _index.Evictable(d => ahead && retention.IsRetained(d));

    private void EvictOldest(bool ahead)
    {
        var victim = _index.Oldest(retention.IsRetained, !ahead) ?? throw new InvalidOperationException("There is nothing to evict.");
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
        if (_index.Find(name) is { Complete: true })
        {
            folder.DeletePartial(name); // the content came by its address meanwhile
        }
        else if (folder.PartialBytes(name) is > 0 and var bytes)
        {
            _index.Put(name, bytes, complete: false);
        }
        else
        {
            _index.Remove(name);
            folder.DeletePartial(name);
        }
    }

    private void Forget(Sha256Digest digest)
    {
        _index.Remove(digest);
        retention.Release(digest);
        idle.Drop(digest);
    }

    private bool IsComplete(Sha256Digest digest) => _index.Find(digest) is { Complete: true };

    private CachePin Pin(CacheEntry item)
    {
        item.Pins++;
        return new CachePin(item, _lock);
    }

    private void OnUnexpected(string path)
    {
        metrics.Damaged("strange");
        LogUnexpected(path);
    }

    [LoggerMessage(3000, LogLevel.Information, "Content store opened. Folder={Folder} Items={Count} Bytes={Bytes}")]
    private partial void LogOpened(string folder, int count, long bytes);

    [LoggerMessage(3001, LogLevel.Warning, "Content store found an unexpected entry; files are deleted, folders kept. Path={Path}")]
    private partial void LogUnexpected(string path);

    [LoggerMessage(3002, LogLevel.Information, "Content store evicted content. Digest={Digest} Bytes={Bytes} Complete={Complete}")]
    private partial void LogEvicted(Sha256Digest digest, long bytes, bool complete);

    [LoggerMessage(3003, LogLevel.Warning, "Content store deleted a partial download because the disk is almost full. Digest={Digest} Bytes={Bytes} FreeBytes={Free}")]
    private partial void LogPartialDropped(Sha256Digest digest, long bytes, long free);
}

/// <summary>Keeps content, or the reservation of a download, from eviction until disposed.</summary>
internal sealed class CachePin(CacheEntry item, Lock gate) : IDisposable
{
    private CacheEntry? _item = item;

    public void Dispose()
    {
        lock (gate)
        {
            if (_item is { } item)
            {
                item.Pins--;
                _item = null;
            }
        }
    }
}
