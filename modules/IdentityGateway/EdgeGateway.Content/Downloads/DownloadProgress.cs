using Microsoft.Win32.SafeHandles;

namespace EdgeGateway.Content.Downloads;

/// <summary>
/// Shows readers the progress of a download: available bytes, restarts, and a signal for changes. The last byte becomes readable only once the
/// digest is verified, so that no reader takes wrong content for complete.
/// </summary>
/// <remarks>Thread-safe; takes no other lock. One writer, any number of readers.</remarks>
internal sealed class DownloadProgress : IDisposable
{
    private readonly Lock _lock = new();
    private DownloadState _now = new(null, 0, 0, null, ContentFailure.Unreachable);
    private TaskCompletionSource? _change;
    private SafeFileHandle? _bytes;
    private bool _disposed;

    public DownloadState Now
    {
        get
        {
            lock (_lock)
            {
                return _now;
            }
        }
    }

    /// <summary>Gets the file that receives the bytes; null while there is none.</summary>
    public SafeFileHandle? File
    {
        get
        {
            lock (_lock)
            {
                return _bytes;
            }
        }
    }

    /// <summary>Reads the state for a reader at <paramref name="offset"/>.</summary>
    /// <param name="offset">Offset of the byte that the reader needs.</param>
    /// <param name="change">Completes at the next change; null if the byte is available, or never will be.</param>
    public DownloadState Look(long offset, out Task? change)
    {
        lock (_lock)
        {
            var settled = _now.Failure is not null || offset < _now.Readable;
            change = settled ? null : (_change ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
            return _now;
        }
    }

    /// <summary>Waits until the version of the content is known, or the download has failed.</summary>
    /// <param name="bytes">Whether to wait for the first byte, too.</param>
    public async Task<DownloadState> BegunAsync(bool bytes, CancellationToken cancellationToken)
    {
        while (true)
        {
            var now = Look(0, out var change);
            if (change is null || (!bytes && now.Version is not null))
            {
                return now;
            }

            await change.WaitAsync(cancellationToken);
        }
    }

    /// <summary>Sets the version of the content.</summary>
    /// <param name="bytes">The file that receives it; this object takes ownership.</param>
    public void Begin(ContentVersion version, SafeFileHandle bytes)
    {
        lock (_lock)
        {
            if (_disposed || _bytes is not null)
            {
                bytes.Dispose(); // it is the same file
            }
            else
            {
                _bytes = bytes;
            }
        }

        Change(now => now with { Version = version });
    }

    /// <summary>Sets the number of bytes that are present.</summary>
    public void Reach(long length)
    {
        Change(now => now.Version is { } version ? now with { Readable = Math.Max(now.Readable, Math.Min(length, version.Size - 1)) } : now);
    }

    /// <summary>Makes all bytes readable: they are present and verified.</summary>
    public void Prove()
    {
        Change(now => now with { Readable = now.Version!.Size });
    }

    /// <summary>Starts a new generation: the bytes so far are discarded.</summary>
    public void Restart(ContentFailure why)
    {
        lock (_lock)
        {
            if (_now.Readable > 0)
            {
                _now = _now with { Generation = _now.Generation + 1, Readable = 0, RestartReason = why };
            }
        }
    }

    /// <summary>Marks the content as complete.</summary>
    public void Complete(ContentVersion version)
    {
        Change(now => now with { Version = now.Version ?? version, Readable = (now.Version ?? version).Size });
    }

    public void Fail(Exception why)
    {
        Change(now => now with { Failure = why });
    }

    /// <summary>Reads bytes that have arrived. The caller checks the generation afterwards.</summary>
    public int Read(long offset, Span<byte> buffer)
    {
        return File is { } bytes ? RandomAccess.Read(bytes, buffer, offset) : 0;
    }

    public void Dispose()
    {
        lock (_lock)
        {
            _disposed = true;
            _bytes?.Dispose();
        }
    }

    private void Change(Func<DownloadState, DownloadState> step)
    {
        TaskCompletionSource? change;
        lock (_lock)
        {
            _now = step(_now);
            (change, _change) = (_change, null);
        }

        change?.SetResult();
    }
}

/// <summary>The state of a download at one moment.</summary>
/// <param name="Version">The version of the content; null while it is not known.</param>
/// <param name="Generation">Increases each time the bytes are discarded.</param>
/// <param name="Readable">Number of bytes from the start that may be read.</param>
/// <param name="Failure">Why no more bytes will arrive; null while they may.</param>
/// <param name="RestartReason">Why the last bytes were discarded.</param>
internal readonly record struct DownloadState(ContentVersion? Version, int Generation, long Readable, Exception? Failure, ContentFailure RestartReason);

/// <summary>What readers know of the content that is arriving.</summary>
/// <param name="Size">See <see cref="IContentReader.Size"/>.</param>
/// <param name="Tag">See <see cref="IContentReader.Tag"/>.</param>
internal sealed record ContentVersion(long Size, string Tag);
