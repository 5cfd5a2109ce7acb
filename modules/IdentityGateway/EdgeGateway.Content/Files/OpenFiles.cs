using Microsoft.Extensions.Logging;

namespace EdgeGateway.Content.Files;

/// <summary>
/// The content that somebody holds: each is open once, whatever the number of holders; when the last one is gone it is unpinned, and rests among
/// the idle files.
/// </summary>
/// <remarks>Shares the lock of the store, which holds it in every call unless said otherwise.</remarks>
internal sealed partial class OpenFiles(Lock gate, ContentShelf shelf, IdleFiles idle, TimeProvider time, ContentMetrics metrics, ILogger<ContentStore> logger)
{
    private readonly Dictionary<Sha256Digest, VerifiedFile> _open = [];
    private readonly Dictionary<VerifiedFile, Holding> _holdings = []; // also of files that are no longer trusted and not in _open
    private readonly ILogger _logger = logger;

    /// <summary>Takes a file with one holder: who opened it.</summary>
    /// <returns>The file to use: this one, or the one that is open already.</returns>
    public VerifiedFile Add(VerifiedFile file, ShelfPin pin)
    {
        if (_open.TryGetValue(file.Digest, out var other))
        {
            file.Dispose();
            pin.Dispose();
            return Hold(other);
        }

        _open.Add(file.Digest, file);
        _holdings.Add(file, new Holding(pin) { Holders = 1 });
        return file;
    }

    /// <summary>One holder more, who may use it.</summary>
    public VerifiedFile Hold(VerifiedFile file)
    {
        _holdings[file].Holders++;
        return file;
    }

    /// <summary>Content that is open or rests, with one holder more; null if it is neither, or was changed on disk: then it is to be checked anew.</summary>
    public VerifiedFile? TryHold(Sha256Digest digest)
    {
        if (_open.TryGetValue(digest, out var file))
        {
            if (file.IsUnchanged())
            {
                return Hold(file);
            }

            Distrust(file);
        }
        else if (idle.Take(digest) is { } rested)
        {
            if (shelf.TryPin(digest) is { } pin)
            {
                return Add(rested, pin);
            }

            rested.Dispose();
        }

        return null;
    }

    /// <summary>Notes that a holder really uses the content.</summary>
    public void Use(VerifiedFile file)
    {
        _holdings[file].Used = true;
        Touch(file);
    }

    /// <summary>One holder less.</summary>
    public void Release(VerifiedFile file)
    {
        var holding = _holdings[file];
        if (--holding.Holders > 0)
        {
            return;
        }

        _holdings.Remove(file);
        if (!IsOpen(file))
        {
            file.Dispose();
            return;
        }

        _open.Remove(file.Digest);
        if (holding.Used)
        {
            Touch(file);
            idle.Put(file); // before it may be evicted, which closes it
        }
        else
        {
            file.Dispose();
        }

        holding.Pin.Dispose();
    }

    /// <summary>The file was changed while it was read: it is checked anew when somebody wants it next. Not under the lock.</summary>
    public void Suspect(VerifiedFile file)
    {
        lock (gate)
        {
            if (IsOpen(file))
            {
                Distrust(file);
            }
        }
    }

    /// <summary>A block of the file is no longer the content's: it is deleted. Not under the lock.</summary>
    public void Tampered(VerifiedFile file)
    {
        lock (gate)
        {
            if (!IsOpen(file))
            {
                return; // another holder noticed before
            }

            _open.Remove(file.Digest);
            metrics.Damaged("read");
            LogTampered(file.Digest);
            try
            {
                shelf.Discard(file.Digest);
            }
            catch (Exception e) when (DiskProblem.IsDiskError(e))
            {
                LogNotDeleted(file.Digest, e.Message);
            }
        }
    }

    private bool IsOpen(VerifiedFile file) => _open.TryGetValue(file.Digest, out var current) && current == file;

    private void Distrust(VerifiedFile file)
    {
        LogChanged(file.Digest);
        _open.Remove(file.Digest);
        _holdings[file].Pin.Dispose();
    }

    private void Touch(VerifiedFile file)
    {
        try
        {
            shelf.Use(file.Digest);
            file.Touch(time.GetUtcNow().UtcDateTime);
        }
        catch (Exception e) when (DiskProblem.IsDiskError(e))
        {
            LogNotTouched(file.Digest, e.Message);
        }
    }

    private sealed class Holding(ShelfPin pin)
    {
        public ShelfPin Pin { get; } = pin;

        public int Holders { get; set; }

        public bool Used { get; set; }
    }

    [LoggerMessage(3004, LogLevel.Error, "Content {Digest} was changed on disk; it is deleted and will be downloaded again when it is wanted.")]
    private partial void LogTampered(Sha256Digest digest);

    [LoggerMessage(3005, LogLevel.Error, "Content {Digest} was changed on disk and cannot be deleted: {Reason}")]
    private partial void LogNotDeleted(Sha256Digest digest, string reason);

    [LoggerMessage(3006, LogLevel.Warning, "The last use of content {Digest} cannot be noted; after a restart it may be evicted too early: {Reason}")]
    private partial void LogNotTouched(Sha256Digest digest, string reason);

    [LoggerMessage(3007, LogLevel.Warning, "The file of content {Digest} was changed while it was in use; it is checked anew.")]
    private partial void LogChanged(Sha256Digest digest);
}
