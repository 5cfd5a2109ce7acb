using System.Buffers;
using EdgeGateway.Content.Files;
using Microsoft.Extensions.Options;

namespace EdgeGateway.Content.Downloads;

/// <summary>Takes one answer of a source to its end: checks size and speed, and turns what goes wrong into what it means.</summary>
internal sealed class Receiver(IContentSource source, IOptionsMonitor<ContentOptions> options, TimeProvider time, ContentMetrics metrics)
{
    private const int BufferSize = 128 * 1024;

    /// <summary>Name of the source in texts.</summary>
    public string SourceName => source.Name;

    public static string NameOf(OpenedContent opened, IContentSource source) => opened.Source ?? source.Name;

    /// <summary>Asks for content, or for the rest of it.</summary>
    /// <param name="plan">What.</param>
    /// <param name="from">From where on.</param>
    /// <param name="what">The same for texts.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="ContentException">With the reason.</exception>
    public async Task<OpenedContent> OpenAsync(FlightPlan plan, ResumePoint from, string what, CancellationToken cancellationToken)
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

    /// <summary>Takes the bytes of an answer into a file that is ready for them, until it is complete.</summary>
    /// <param name="opened">The answer.</param>
    /// <param name="file">Where they go.</param>
    /// <param name="what">What it is, for texts.</param>
    /// <param name="report">Told the bytes present.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="ContentException">What is wrong with the answer; the source was told.</exception>
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

    /// <summary>Tells a source what was wrong with its answer.</summary>
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
        var idle = false; // no read is under way that might still write into the buffer
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

                // one byte more than there may be, so that a longer body is noticed without taking it
                var left = file.Size - file.Length - (end - start);
                var reading = opened.Stream.ReadAsync(buffer.AsMemory(end, (int)Math.Min(BufferSize - end, left + 1)), guard.Token);
                if (!reading.IsCompletedSuccessfully)
                {
                    Store(); // what is there is not kept waiting for what is not
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
                $"{NameOf(opened, source)} sent {what} slower than {options.CurrentValue.MinBytesPerSecond} bytes a second for {options.CurrentValue.SlowGrace} (at byte {file.Length}).",
                e);
        }
        catch (Exception e) when (e is IOException and not ContentException or HttpRequestException)
        {
            throw new ContentException(
                ContentFailure.Unreachable, $"{NameOf(opened, source)} broke off {what} after {file.Length} of {file.Size} bytes: {e.Message}", e);
        }
    }
}
