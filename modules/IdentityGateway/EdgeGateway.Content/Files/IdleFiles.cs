
namespace EdgeGateway.Content.Files;

/// <summary>
/// Content that nobody holds but that was hashed lately: kept open, so that the next one who wants it need not wait for the whole to be hashed
/// again. It may be evicted at any time.
/// </summary>
/// <remarks>Thread-safe; takes no other lock.</remarks>
internal sealed class IdleFiles(TimeProvider time) : IDisposable
{
    /// <summary>Files kept open at most.</summary>
    public const int Most = 32;

    /// <summary>Longest rest after which content is still taken for what it was.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromMinutes(10);

    private readonly Lock _lock = new();
    private readonly Dictionary<Sha256Digest, (VerifiedFile File, long Since)> _files = [];
    private bool _disposed;

    /// <summary>Takes over a file; those that rested longest are closed.</summary>
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

    /// <summary>Gives a file to who asks, unless it rested too long or was changed meanwhile.</summary>
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

    /// <summary>Closes the file of content that is gone.</summary>
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
