using Microsoft.Win32.SafeHandles;

namespace EdgeGateway.Content.Downloads;

/// <summary>
/// What readers see of a download: how far it got, whether it began afresh, and a signal that it moved. The last byte shows only once the
/// digest is found right, so that nobody takes wrong content for complete.
/// </summary>
/// <remarks>Thread-safe; takes no other lock. One download writes, any number of readers looks.</remarks>
internal sealed class Arrival : IDisposable
{
    private readonly Lock _lock = new();
    private ArrivalView _now = new(null, 0, 0, null, ContentFailure.Unreachable);
    private TaskCompletionSource? _change;
    private SafeFileHandle? _bytes;
    private bool _disposed;

    public ArrivalView Now
    {
        get
        {
            lock (_lock)
            {
                return _now;
            }
        }
    }

    /// <summary>The file that the bytes arrive in; null while there is none.</summary>
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

    /// <summary>What a reader of <paramref name="offset"/> needs to know.</summary>
    /// <param name="offset">The byte it wants.</param>
    /// <param name="change">Ends when there is something new; null if the byte is there, or never will be.</param>
    public ArrivalView Look(long offset, out Task? change)
    {
        lock (_lock)
        {
            var settled = _now.Failure is not null || offset < _now.Readable;
            change = settled ? null : (_change ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
            return _now;
        }
    }

    /// <summary>Waits until it is known what is arriving, or that nothing will.</summary>
    /// <param name="bytes">Whether to wait for the first byte of it too.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task<ArrivalView> BegunAsync(bool bytes, CancellationToken cancellationToken)
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

    /// <summary>What is arriving is known now.</summary>
    /// <param name="version">What.</param>
    /// <param name="bytes">Its bytes, taken over.</param>
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

    /// <summary>So many bytes are there.</summary>
    public void Reach(long length)
    {
        Change(now => now.Version is { } version ? now with { Readable = Math.Max(now.Readable, Math.Min(length, version.Size - 1)) } : now);
    }

    /// <summary>All bytes are there and right.</summary>
    public void Prove()
    {
        Change(now => now with { Readable = now.Version!.Size });
    }

    /// <summary>The bytes are about to be thrown away.</summary>
    public void Restart(ContentFailure why)
    {
        lock (_lock)
        {
            if (_now.Readable > 0)
            {
                _now = _now with { Generation = _now.Generation + 1, Readable = 0, Afresh = why };
            }
        }
    }

    /// <summary>Content is present as a whole.</summary>
    public void Complete(ContentVersion version)
    {
        Change(now => now with { Version = now.Version ?? version, Readable = (now.Version ?? version).Size });
    }

    public void Fail(Exception why)
    {
        Change(now => now with { Failure = why });
    }

    /// <summary>Reads what has arrived. Whether it still holds is to be asked afterwards.</summary>
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

    private void Change(Func<ArrivalView, ArrivalView> step)
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
