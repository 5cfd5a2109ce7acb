using EdgeGateway.Content.Downloads;
using EdgeGateway.Content.Cache;

namespace EdgeGateway.Content.Readers;

/// <summary>
/// Reads content that is being downloaded. It keeps the download alive, reads what has arrived, and reads the verified file once there is
/// one.
/// </summary>
internal sealed class DownloadReader(
    Download download, ContentVersion version, string tag, DownloadRequest request, OpenFiles open, DownloadCoordinator coordinator, ContentMetrics metrics) : IContentReader
{
    private VerifiedFileReader? _complete;
    private int? _generation; // generation of the bytes that were read
    private long _served;
    private long _servedComplete;
    private int _disposed;

    public long Size => version.Size;

    public string Tag { get; } = tag;

    public bool IsComplete => download.Result.IsCompletedSuccessfully;

    /// <inheritdoc/>
    public async ValueTask<int> ReadAsync(long offset, Memory<byte> buffer, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(offset);
        while (offset < Size && !buffer.IsEmpty)
        {
            var now = await ArrivedAsync(offset, cancellationToken);
            if (Read(now, offset, buffer.Span) is > 0 and var got)
            {
                return got;
            }
        }

        return 0;
    }

    /// <inheritdoc/>
    public async ValueTask<FileRange?> FindAsync(long offset, long most, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(offset);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(offset, Size);
        var now = await ArrivedAsync(offset, cancellationToken);
        _generation = now.Generation;
        if (IsComplete)
        {
            _complete ??= new VerifiedFileReader(download.Result.Result, open);
            var whole = _complete.Find(offset, most);
            _servedComplete += whole.Length;
            return whole;
        }

        if (download.DownloadProgress.File is not { } file)
        {
            return null;
        }

        var stretch = new FileRange(file, Math.Min(most, now.Readable - offset));
        _served += stretch.Length;
        return stretch;
    }

    public void Dispose()
    {
        if (Interlocked.Exchange(ref _disposed, 1) == 0)
        {
            metrics.Served(_served, arriving: true);
            metrics.Served(_servedComplete, arriving: false);
            metrics.ReaderClosed();
            coordinator.Leave(download, request);
        }
    }

    /// <summary>Waits until a byte is available.</summary>
    private async ValueTask<DownloadState> ArrivedAsync(long offset, CancellationToken cancellationToken)
    {
        while (true)
        {
            ObjectDisposedException.ThrowIf(_disposed != 0, this);
            cancellationToken.ThrowIfCancellationRequested();
            var now = download.DownloadProgress.Look(offset, out var change);
            Check(now);
            if (change is null)
            {
                return now;
            }

            await change.WaitAsync(cancellationToken);
        }
    }

    /// <returns>The number of bytes read; 0 if the download restarted meanwhile.</returns>
    private int Read(DownloadState now, long offset, Span<byte> buffer)
    {
        int got;
        if (IsComplete)
        {
            _complete ??= new VerifiedFileReader(download.Result.Result, open);
            _servedComplete += got = _complete.Read(offset, buffer);
        }
        else
        {
            var reservation = (int)Math.Min(buffer.Length, now.Readable - offset);
            got = ReadArriving(offset, buffer[..reservation]);
            if (download.DownloadProgress.Now.Generation != now.Generation)
            {
                return 0; // the bytes may belong to either generation
            }

            _served += got;
        }

        _generation = now.Generation;
        return got;
    }

    private int ReadArriving(long offset, Span<byte> buffer)
    {
        try
        {
            return download.DownloadProgress.Read(offset, buffer);
        }
        catch (IOException e)
        {
            throw new ContentException(ContentFailure.Disk, $"Content that is arriving cannot be read from disk: {e.Message}", e);
        }
    }

    private void Check(DownloadState now)
    {
        if (now.Failure is { } failure)
        {
            throw failure is ContentException known
                ? new ContentException(known.Failure, known.Message, known) { Refusal = known.Refusal, RetryAfter = known.RetryAfter }
                : new ContentException(ContentFailure.Unreachable, "The content does not come because the gateway ends its downloads.", failure);
        }

        if (now.Version is { } other && other.Size != version.Size)
        {
            throw new ContentException(ContentFailure.WrongSize, $"Content {download.Name} has {other.Size} bytes, not the {version.Size} that were announced.");
        }

        if (now.Version != version || (_generation is { } read && read != now.Generation))
        {
            throw new ContentException(now.RestartReason, "The download began restarts, possibly with other bytes than those that were read already.");
        }
    }
}
