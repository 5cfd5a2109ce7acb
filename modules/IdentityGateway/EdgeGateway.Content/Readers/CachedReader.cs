using EdgeGateway.Content.Downloads;
using EdgeGateway.Content.Cache;

namespace EdgeGateway.Content.Readers;

/// <summary>Reads content that is present.</summary>
internal sealed class CachedReader(VerifiedFile file, string tag, OpenFiles open, DownloadCoordinator coordinator, ContentMetrics metrics) : IContentReader
{
    private readonly VerifiedFileReader _reading = new(file, open);
    private long _served;
    private int _disposed;

    public long Size => file.Size;

    public string Tag { get; } = tag;

    public bool IsComplete => true;

    /// <inheritdoc/>
    public ValueTask<int> ReadAsync(long offset, Memory<byte> buffer, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(offset);
        ObjectDisposedException.ThrowIf(_disposed != 0, this);
        cancellationToken.ThrowIfCancellationRequested();
        if (offset >= Size || buffer.IsEmpty)
        {
            return ValueTask.FromResult(0);
        }

        var got = _reading.Read(offset, buffer.Span);
        _served += got;
        return ValueTask.FromResult(got);
    }

    /// <inheritdoc/>
    public ValueTask<FileRange?> FindAsync(long offset, long most, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(offset);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(offset, Size);
        ObjectDisposedException.ThrowIf(_disposed != 0, this);
        cancellationToken.ThrowIfCancellationRequested();
        var stretch = _reading.Find(offset, most);
        _served += stretch.Length;
        return ValueTask.FromResult<FileRange?>(stretch);
    }

    public void Dispose()
    {
        if (Interlocked.Exchange(ref _disposed, 1) == 0)
        {
            metrics.Served(_served, arriving: false);
            metrics.ReaderClosed();
            coordinator.Release(file);
        }
    }
}

/// <summary>
/// Reads verified content directly from its file. Checks length and time of the file once a megabyte and before the last byte, so that a change
/// on disk is noticed before the reader has all bytes.
/// </summary>
internal sealed class VerifiedFileReader(VerifiedFile file, OpenFiles open)
{
    private const long LookEvery = 1 << 20;

    private long _trusted;

    /// <summary>Finds up to one megabyte of the file after a check.</summary>
    /// <exception cref="ContentException"><see cref="ContentFailure.WrongDigest"/> or <see cref="ContentFailure.Disk"/>.</exception>
    public FileRange Find(long offset, long most)
    {
        if (!IsUnchanged())
        {
            throw Changed();
        }

        return new FileRange(file.Handle, Math.Min(Math.Min(most, LookEvery), file.Size - offset));
    }

    /// <exception cref="ContentException"><see cref="ContentFailure.WrongDigest"/> or <see cref="ContentFailure.Disk"/>.</exception>
    public int Read(long offset, Span<byte> buffer)
    {
        int got;
        bool good;
        try
        {
            got = file.Read(offset, buffer);
            _trusted -= got;
            good = got > 0 && ((_trusted >= 0 && offset + got < file.Size) || file.IsUnchanged());
        }
        catch (IOException e)
        {
            throw new ContentException(ContentFailure.Disk, $"Content {file.Digest} cannot be read from disk: {e.Message}", e);
        }

        if (!good)
        {
            throw Changed();
        }

        if (_trusted < 0)
        {
            _trusted = LookEvery;
        }

        return got;
    }

    private bool IsUnchanged()
    {
        try
        {
            return file.IsUnchanged();
        }
        catch (IOException e)
        {
            throw new ContentException(ContentFailure.Disk, $"Content {file.Digest} cannot be read from disk: {e.Message}", e);
        }
    }

    private ContentException Changed()
    {
        open.Suspect(file);
        return new ContentException(ContentFailure.WrongDigest, $"The file of content {file.Digest} was changed on disk while it was read.");
    }
}
