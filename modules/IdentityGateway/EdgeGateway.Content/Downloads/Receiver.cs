using System.Buffers;
using EdgeGateway.Content.Cache;
using Microsoft.Extensions.Options;

namespace EdgeGateway.Content.Downloads;

/// <summary>Receives one response of a source: checks size and rate, and translates errors.</summary>
internal sealed class Receiver(IContentSource source, IOptionsMonitor<ContentOptions> options, TimeProvider time, ContentMetrics metrics)
{
    private const int BufferSize = 128 * 1024;

    /// <summary>Gets the name of the source for messages.</summary>
    public string SourceName => source.Name;

    public static string NameOf(OpenedContent opened, IContentSource source) => opened.Source ?? source.Name;

    /// <summary>Requests content, or the rest of it.</summary>
    /// <param name="from">Where to start.</param>
    /// <param name="what">The content, for messages.</param>
    /// <exception cref="ContentException">The source cannot provide it.</exception>
    public async Task<OpenedContent> OpenAsync(DownloadPlan plan, ResumePoint from, string what, CancellationToken cancellationToken)
    {
        try
        {
            return plan.Content is { } content
                ? await source.OpenAsync(content, from, cancellationToken)
                : await source.OpenAsync(plan.Address!, from, cancellationToken);
        }
        catch (Exception e) when (e is IOException and not ContentException or HttpRequestException)
        {
            throw new ContentException(ContentFailure.Unreachable, $"{source.Name} cannot be reached for {what}: {e.Message}", e);
        }
    }

    /// <summary>Appends the bytes of a response to a file until it is complete.</summary>
    /// <param name="what">The content, for messages.</param>
    /// <param name="report">Receives the number of bytes present.</param>
    /// <exception cref="ContentException">The response is wrong; its source was informed.</exception>
    public async Task ReceiveAsync(OpenedContent opened, PartialFile file, string what, Action<long> report, CancellationToken cancellationToken)
    {
        try
        {
            await TakeAsync(opened, file, what, report, cancellationToken);
            if (file.Length < file.Size)
            {
                throw new ContentException(
                    ContentFailure.Unreachable, $"{NameOf(opened, source)} ended {what} after {file.Length} of {file.Size} bytes.");
            }
        }
        catch (ContentException e)
        {
            Blame(opened, e.Failure);
            throw;
        }
    }

    /// <summary>Informs a source what was wrong with its response.</summary>
    public void Blame(OpenedContent opened, ContentFailure failure)
    {
        if (failure is ContentFailure.WrongDigest or ContentFailure.WrongSize)
        {
            metrics.Wrong(NameOf(opened, source), failure);
        }

        opened.Blame?.Invoke(failure);
    }

    private async Task TakeAsync(OpenedContent opened, PartialFile file, string what, Action<long> report, CancellationToken cancellationToken)
    {
        var current = options.CurrentValue;
        var name = NameOf(opened, source);
        using var guard = new RateGuard(time, current.MinBytesPerSecond, current.SlowGrace, cancellationToken);
        var buffer = ArrayPool<byte>.Shared.Rent(BufferSize);
        var idle = false; // no read is pending that might still write into the buffer
        var (start, end) = (0, 0); // bytes of the buffer that are not in the file yet
        void Store()
        {
            if (end > start)
            {
                file.Append(buffer.AsSpan(start, end - start));
                start = end;
                report(file.Length);
            }
        }

        try
        {
            while (true)
            {
                if (end == BufferSize)
                {
                    Store();
                    (start, end) = (0, 0);
                }

                // one byte more than expected, so that a longer body is noticed without reading it
                var left = file.Size - file.Length - (end - start);
                var reading = opened.Stream.ReadAsync(buffer.AsMemory(end, (int)Math.Min(BufferSize - end, left + 1)), guard.Token);
                if (!reading.IsCompletedSuccessfully)
                {
                    Store(); // store available bytes before waiting for more
                }

                var got = await WaitAsync(reading, opened, file, what, guard, cancellationToken);
                if (got > left)
                {
                    throw new ContentException(ContentFailure.WrongSize, $"{name} sends more than the {file.Size} bytes that are announced for {what}.");
                }

                guard.Count(got);
                metrics.Received(name, got);
                end += got;
                if (got == 0)
                {
                    idle = true;
                    Store();
                    return;
                }
            }
        }
        finally
        {
            if (idle)
            {
                ArrayPool<byte>.Shared.Return(buffer);
            }
        }
    }

    private async ValueTask<int> WaitAsync(
        ValueTask<int> reading, OpenedContent opened, PartialFile file, string what, RateGuard guard, CancellationToken cancellationToken)
    {
        try
        {
            return await reading;
        }
        catch (Exception e) when (guard.TooSlow && !cancellationToken.IsCancellationRequested && e is OperationCanceledException or IOException)
        {
            throw new ContentException(
                ContentFailure.TooSlow,
                $"{NameOf(opened, source)} sent {what} slower than {options.CurrentValue.MinBytesPerSecond} bytes per second for {options.CurrentValue.SlowGrace} (at byte {file.Length}).",
                e);
        }
        catch (Exception e) when (e is IOException and not ContentException or HttpRequestException)
        {
            throw new ContentException(
                ContentFailure.Unreachable, $"{NameOf(opened, source)} interrupted {what} after {file.Length} of {file.Size} bytes: {e.Message}", e);
        }
    }
}

/// <summary>
/// Ends a download whose source sends too little: measures each period separately, so that neither silence nor a trickle lasts.
/// </summary>
internal sealed class RateGuard : IDisposable
{
    private readonly Lock _lock = new();
    private readonly CancellationTokenSource _end;
    private readonly ITimer _timer;
    private readonly long _least;
    private long _received;
    private bool _disposed;

    public RateGuard(TimeProvider time, int minBytesPerSecond, TimeSpan period, CancellationToken cancellationToken)
    {
        _least = Math.Max(1, (long)(minBytesPerSecond * period.TotalSeconds));
        _end = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Token = _end.Token;
        _timer = time.CreateTimer(_ => Measure(), null, period, period);
    }

    /// <summary>Gets a token that is canceled when the source is too slow, or with the caller's token.</summary>
    public CancellationToken Token { get; }

    /// <summary>Gets whether a period ended with too few bytes.</summary>
    public bool TooSlow { get; private set; }

    public void Count(int bytes) => Interlocked.Add(ref _received, bytes);

    public void Dispose()
    {
        _timer.Dispose();
        lock (_lock)
        {
            _disposed = true;
            _end.Dispose();
        }
    }

    private void Measure()
    {
        lock (_lock)
        {
            if (!_disposed && Interlocked.Exchange(ref _received, 0) < _least)
            {
                TooSlow = true;
                _end.Cancel();
            }
        }
    }
}
