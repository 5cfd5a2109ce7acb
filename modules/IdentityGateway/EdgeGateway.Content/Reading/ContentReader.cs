using EdgeGateway.Content.Downloads;
using EdgeGateway.Content.Files;

namespace EdgeGateway.Content.Reading;

/// <summary>A reader of content that is present.</summary>
internal sealed class ContentReader(VerifiedFile file, string tag, OpenFiles open, FlightDeck deck, ContentMetrics metrics) : IContentReader
{
    private readonly FileReading _reading = new(file, open);
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
    public ValueTask<FileStretch?> FindAsync(long offset, long most, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(offset);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(offset, Size);
        ObjectDisposedException.ThrowIf(_disposed != 0, this);
        cancellationToken.ThrowIfCancellationRequested();
        var stretch = _reading.Find(offset, most);
        _served += stretch.Length;
        return ValueTask.FromResult<FileStretch?>(stretch);
    }

    public void Dispose()
    {
        if (Interlocked.Exchange(ref _disposed, 1) == 0)
        {
            metrics.Served(_served, arriving: false);
            metrics.ReaderClosed();
            deck.Release(file);
        }
    }
}
