using Microsoft.Extensions.Logging;

namespace EdgeGateway.Content.Cache;

/// <summary>
/// Counts references to verified files: content in use is open once for any number of users; after the last one it is unpinned and passes to
/// the idle files.
/// </summary>
/// <remarks>Shares the lock of the store. Callers hold it unless a method says otherwise.</remarks>
internal sealed partial class OpenFiles(Lock gate, CacheDirectory directory, IdleFiles idle, TimeProvider time, ContentMetrics metrics, ILogger<ContentStore> logger)
{
    private readonly Dictionary<Sha256Digest, VerifiedFile> _open = [];
    private readonly Dictionary<VerifiedFile, Holding> _holdings = []; // also of files that are no longer trusted and not in _open
    private readonly ILogger _logger = logger;

    /// <summary>Adds a file with one reference, that of the caller.</summary>
    /// <returns>The file to use: this one, or the one that is open or idle already.</returns>
    public VerifiedFile Add(VerifiedFile file, CachePin pin)
    {
        if (_open.TryGetValue(file.Digest, out var other))
        {
            file.Dispose();
            pin.Dispose();
            return Hold(other);
        }

        if (idle.Take(file.Digest) is { } rested)
        {
            // its last use may have changed the time of the file after the caller opened it
            file.Dispose();
            file = rested;
        }

        _open.Add(file.Digest, file);
        _holdings.Add(file, new Holding(pin) { Holders = 1 });
        return file;
    }

    /// <summary>Adds a reference.</summary>
    public VerifiedFile Hold(VerifiedFile file)
    {
        _holdings[file].Holders++;
        return file;
    }

    /// <summary>Finds an open or idle file and adds a reference; null if there is none, or if it was changed on disk and must be verified again.</summary>
    public VerifiedFile? TryReference(Sha256Digest digest)
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
            if (directory.TryPin(digest) is { } pin)
            {
                return Add(rested, pin);
            }

            rested.Dispose();
        }

        return null;
    }

    /// <summary>Notes that a user reads the content.</summary>
    public void Use(VerifiedFile file)
    {
        _holdings[file].Used = true;
        Touch(file);
    }

    /// <summary>Removes a reference.</summary>
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

    /// <summary>Stops trusting a file that was changed while it was read: the next request verifies it again. Takes the lock.</summary>
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

    /// <summary>Deletes a file of which a block has changed. Takes the lock.</summary>
    public void Tampered(VerifiedFile file)
    {
        lock (gate)
        {
            if (!IsOpen(file))
            {
                return; // another user has reported it
            }

            _open.Remove(file.Digest);
            metrics.Damaged("read");
            LogTampered(file.Digest);
            try
            {
                directory.Discard(file.Digest);
            }
            catch (Exception e) when (DiskErrors.IsDiskError(e))
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
            directory.Use(file.Digest);
            file.Touch(time.GetUtcNow().UtcDateTime);
        }
        catch (Exception e) when (DiskErrors.IsDiskError(e))
        {
            LogNotTouched(file.Digest, e.Message);
        }
    }

    private sealed class Holding(CachePin pin)
    {
        public CachePin Pin { get; } = pin;

        public int Holders { get; set; }

        public bool Used { get; set; }
    }

    [LoggerMessage(3004, LogLevel.Error, "Content was changed on disk; it is deleted and downloaded again when needed. Digest={Digest}")]
    private partial void LogTampered(Sha256Digest digest);

    [LoggerMessage(3005, LogLevel.Error, "Content was changed on disk and cannot be deleted. Digest={Digest} Reason={Reason}")]
    private partial void LogNotDeleted(Sha256Digest digest, string reason);

    [LoggerMessage(3006, LogLevel.Warning, "Content store cannot record a use; after a restart the content may be evicted too early. Digest={Digest} Reason={Reason}")]
    private partial void LogNotTouched(Sha256Digest digest, string reason);

    [LoggerMessage(3007, LogLevel.Warning, "Content file was changed while in use; it is verified again. Digest={Digest}")]
    private partial void LogChanged(Sha256Digest digest);
}
