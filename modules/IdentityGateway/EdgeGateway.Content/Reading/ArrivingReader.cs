using EdgeGateway.Content.Downloads;
using EdgeGateway.Content.Files;

namespace EdgeGateway.Content.Reading;

/// <summary>
/// A reader of content that is on its way: a waiter of its flight, which keeps the flight alive. Reads what has arrived, and the verified file
/// once there is one.
/// </summary>
internal sealed class ArrivingReader(
    Flight flight, ContentVersion version, string tag, Wish wish, OpenFiles open, FlightDeck deck, ContentMetrics metrics) : IContentReader
{
    private FileReading? _complete;
    private int? _generation; // of the bytes that were read
    private long _served;
    private long _servedComplete;
    private int _disposed;

    public long Size => version.Size;

    public string Tag { get; } = tag;

    public bool IsComplete => flight.Result.IsCompletedSuccessfully;

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
    public async ValueTask<FileStretch?> FindAsync(long offset, long most, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(offset);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(offset, Size);
        var now = await ArrivedAsync(offset, cancellationToken);
        _generation = now.Generation;
        if (IsComplete)
        {
            _complete ??= new FileReading(flight.Result.Result, open);
            var whole = _complete.Find(offset, most);
            _servedComplete += whole.Length;
            return whole;
        }

        if (flight.Arrival.File is not { } file)
        {
            return null;
        }

        var stretch = new FileStretch(file, Math.Min(most, now.Readable - offset));
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
            deck.Leave(flight, wish);
        }
    }

    /// <summary>Waits until a byte is there.</summary>
    private async ValueTask<ArrivalView> ArrivedAsync(long offset, CancellationToken cancellationToken)
    {
        while (true)
        {
            ObjectDisposedException.ThrowIf(_disposed != 0, this);
            cancellationToken.ThrowIfCancellationRequested();
            var now = flight.Arrival.Look(offset, out var change);
            Check(now);
            if (change is null)
            {
                return now;
            }

            await change.WaitAsync(cancellationToken);
        }
    }

    /// <returns>Bytes read; 0 if the download began afresh meanwhile.</returns>
    private int Read(ArrivalView now, long offset, Span<byte> buffer)
    {
        int got;
        if (IsComplete)
        {
            _complete ??= new FileReading(flight.Result.Result, open);
            _servedComplete += got = _complete.Read(offset, buffer);
        }
        else
        {
            var room = (int)Math.Min(buffer.Length, now.Readable - offset);
            got = ReadArriving(offset, buffer[..room]);
            if (flight.Arrival.Now.Generation != now.Generation)
            {
                return 0; // what was read may be of either
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
            return flight.Arrival.Read(offset, buffer);
        }
        catch (IOException e)
        {
            throw new ContentException(ContentFailure.Disk, $"Content that is arriving cannot be read from disk: {e.Message}", e);
        }
    }

    private void Check(ArrivalView now)
    {
        if (now.Failure is { } failure)
        {
            throw failure is ContentException known
                ? new ContentException(known.Failure, known.Message, known) { Refusal = known.Refusal, RetryAfter = known.RetryAfter }
                : new ContentException(ContentFailure.Unreachable, "The content does not come because the gateway ends its downloads.", failure);
        }

        if (now.Version is { } other && other.Size != version.Size)
        {
            throw new ContentException(ContentFailure.WrongSize, $"Content {flight.Name} has {other.Size} bytes, not the {version.Size} that were announced.");
        }

        if (now.Version != version || (_generation is { } read && read != now.Generation))
        {
            throw new ContentException(now.Afresh, "The download began afresh, possibly with other bytes than those that were read already.");
        }
    }
}
