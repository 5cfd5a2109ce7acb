
namespace EdgeGateway.Content.Cache;

/// <summary>
/// Keeps recently verified files open after their last use, so that the next request need not hash the whole file again. The content may be
/// evicted at any time.
/// </summary>
/// <remarks>Thread-safe; takes no other lock.</remarks>
internal sealed class IdleFiles(TimeProvider time) : IDisposable
{
    /// <summary>Maximum number of open files.</summary>
    public const int Most = 32;

    /// <summary>Longest idle time after which a file is still trusted.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromMinutes(10);

    private readonly Lock _lock = new();
    private readonly Dictionary<Sha256Digest, (VerifiedFile File, long Since)> _files = [];
    private bool _disposed;

    /// <summary>Takes ownership of a file; the longest idle file is closed if there are too many.</summary>
    public void Put(VerifiedFile file)
    {
        VerifiedFile? closed = null;
        lock (_lock)
        {
            if (_disposed)
            {
                closed = file;
            }
            else
            {
                if (_files.Remove(file.Digest, out var other) || (_files.Count == Most && _files.Remove(_files.MinBy(f => f.Value.Since).Key, out other)))
                {
                    closed = other.File;
                }

                _files.Add(file.Digest, (file, time.GetTimestamp()));
            }
        }

        closed?.Dispose();
    }

    /// <summary>Returns a file to the caller, unless it was idle for too long or has changed.</summary>
    public VerifiedFile? Take(Sha256Digest digest)
    {
        lock (_lock)
        {
            if (!_files.Remove(digest, out var found))
            {
                return null;
            }

            if (time.GetElapsedTime(found.Since) <= Longest && found.File.IsUnchanged())
            {
                return found.File;
            }

            found.File.Dispose();
            return null;
        }
    }

    /// <summary>Closes the file of content that was deleted.</summary>
    public void Drop(Sha256Digest digest)
    {
        lock (_lock)
        {
            if (_files.Remove(digest, out var found))
            {
                found.File.Dispose();
            }
        }
    }

    public void Dispose()
    {
        lock (_lock)
        {
            _disposed = true;
            foreach (var (file, _) in _files.Values)
            {
                file.Dispose();
            }

            _files.Clear();
        }
    }
}
