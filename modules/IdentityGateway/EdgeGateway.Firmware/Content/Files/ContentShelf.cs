using EdgeGateway.Serial;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace EdgeGateway.Firmware.Content.Files;

/// <summary>
/// The bounded folder: keeps within its size and the disk's by evicting what was not used for longest, and remembers the order across
/// restarts.
/// </summary>
/// <remarks>Thread-safe. Errors of the disk come out as they are.</remarks>
internal sealed partial class ContentShelf(
    ContentFolder folder, IContentDisk disk, IOptionsMonitor<ContentOptions> options, ContentMetrics metrics, ILogger<ContentStore> logger)
{
    private readonly Lock _lock = new();
    private readonly ContentLedger _ledger = new();
    private readonly ILogger _logger = logger;
    private bool _opened;

    /// <summary>Scrubs and lists the folder, the first time.</summary>
    public void Open()
    {
        lock (_lock)
        {
            if (_opened)
            {
                return;
            }

            foreach (var file in folder.Scrub(LogStrange))
            {
                _ledger.Put(file.Digest, file.Bytes, file.Complete, pinned: false);
            }

            _opened = true;
            LogOpened(folder.Root, _ledger.Count, _ledger.Total);
        }
    }

    /// <summary>Pins content that is complete.</summary>
    /// <returns>False if it is not there.</returns>
    public bool TryPin(Sha256Digest digest)
    {
        lock (_lock)
        {
            if (_ledger.Find(digest) is not { Complete: true } item)
            {
                return false;
            }

            if (!File.Exists(folder.FileOf(digest)))
            {
                _ledger.Remove(digest);
                return false;
            }

            _ledger.Put(digest, item.Bytes, complete: true, pinned: true);
            return true;
        }
    }

    /// <summary>Makes room for a download, evicting if need be, and pins the room.</summary>
    /// <exception cref="ContentException"><see cref="ContentFailure.StoreFull"/> or <see cref="ContentFailure.Disk"/>.</exception>
    public void Reserve(ContentReference content)
    {
        lock (_lock)
        {
            var (size, bound) = (content.Size, options.CurrentValue.MaxBytes);
            if (size > bound)
            {
                throw new ContentException(
                    ContentFailure.StoreFull, $"Content {content.Digest} has {size} bytes, the whole store may have {bound} (Content:MaxBytes).");
            }

            _ledger.Put(content.Digest, size, complete: false, pinned: true);
            try
            {
                FitStore(content, bound);
                FitDisk(content);
            }
            catch
            {
                Settle(content.Digest);
                throw;
            }
        }
    }

    /// <summary>The download is complete; its content stays pinned.</summary>
    public void Complete(ContentReference content)
    {
        lock (_lock)
        {
            _ledger.Put(content.Digest, content.Size, complete: true, pinned: true);
        }
    }

    /// <summary>The download ended without success: its part stays for a later run, unless the disk is too full for it.</summary>
    public void Abandon(Sha256Digest digest)
    {
        lock (_lock)
        {
            Settle(digest);
            if (_ledger.Find(digest) is { } part && disk.FreeBytes(folder.Root) is var free && free < options.CurrentValue.MinFreeBytes)
            {
                LogPartialDropped(digest, part.Bytes, free);
                _ledger.Remove(digest);
                folder.DeletePartial(digest);
            }
        }
    }

    /// <summary>Nobody uses the content any more; it may be evicted.</summary>
    public void Unpin(Sha256Digest digest)
    {
        lock (_lock)
        {
            if (_ledger.Find(digest) is { } item)
            {
                _ledger.Put(digest, item.Bytes, item.Complete, pinned: false);
            }
        }
    }

    /// <summary>Deletes content that is not what its name says.</summary>
    public void Discard(Sha256Digest digest)
    {
        lock (_lock)
        {
            _ledger.Remove(digest);
            File.Delete(folder.FileOf(digest));
        }
    }

    private void FitStore(ContentReference content, long bound)
    {
        var held = _ledger.Total - _ledger.Evictable;
        if (held > bound)
        {
            throw new ContentException(
                ContentFailure.StoreFull,
                $"No room for the {content.Size} bytes of content {content.Digest}: running updates hold {held - content.Size} of {bound} bytes (Content:MaxBytes).");
        }

        while (_ledger.Total > bound)
        {
            EvictOldest();
        }
    }

    private void FitDisk(ContentReference content)
    {
        var reserve = options.CurrentValue.MinFreeBytes;
        var needed = _ledger.Underway.Sum(i => Math.Max(0, i.Bytes - folder.PartialBytes(i.Digest)));
        while (disk.FreeBytes(folder.Root) is var free && free - needed < reserve)
        {
            if (_ledger.Oldest() is null || free + _ledger.Evictable - needed < reserve)
            {
                throw new ContentException(
                    ContentFailure.Disk,
                    $"The disk of {folder.Root} has {free} bytes free; content {content.Digest} and other downloads need {needed} more, and {reserve} are to stay free (Content:MinFreeBytes).");
            }

            EvictOldest();
        }
    }

    private void EvictOldest()
    {
        var victim = _ledger.Oldest() ?? throw new InvalidOperationException("There is nothing to evict.");
        _ledger.Remove(victim.Digest);
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

    private void Settle(Sha256Digest digest)
    {
        if (folder.PartialBytes(digest) is > 0 and var bytes)
        {
            _ledger.Put(digest, bytes, complete: false, pinned: false);
        }
        else
        {
            _ledger.Remove(digest);
            folder.DeletePartial(digest);
        }
    }
}
