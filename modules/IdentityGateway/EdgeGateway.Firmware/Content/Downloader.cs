using System.Buffers;
using EdgeGateway.Firmware.Content.Files;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace EdgeGateway.Firmware.Content;

/// <summary>
/// Brings content from its source into its final file: taken up where it broke off, checked for size while it arrives and for its digest at
/// the end.
/// </summary>
internal sealed partial class Downloader(
    IContentSource source,
    ContentFolder folder,
    IContentDisk disk,
    IOptionsMonitor<ContentOptions> options,
    TimeProvider time,
    Random random,
    ContentMetrics metrics,
    ILogger<ContentStore> logger)
{
    private readonly ILogger _logger = logger;

    /// <summary>Downloads, with retries. However it ends, what is good of the bytes stays on disk for the next time.</summary>
    /// <exception cref="ContentException">From the source or because of what it sent.</exception>
    /// <exception cref="IOException">From the disk.</exception>
    public async Task RunAsync(ContentReference content, Action<long> report, CancellationToken cancellationToken)
    {
        var start = time.GetTimestamp();
        using var file = PartialFile.Open(folder, disk, content.Digest, content.Size);
        LogStarted(content.Digest, content.Size, source.Name, file.Length);
        try
        {
            await ReceiveAllAsync(file, content, report, cancellationToken);
        }
        catch (ContentException e) when (e.Failure is ContentFailure.WrongSize or ContentFailure.WrongDigest)
        {
            file.Restart(null);
            folder.DeletePartial(content.Digest);
            throw;
        }
        catch (Exception e) when (e is ContentException or OperationCanceledException)
        {
            KeepPart(file, content);
            throw;
        }

        file.Publish();
        LogDone(content.Digest, content.Size, source.Name, time.GetElapsedTime(start).TotalSeconds);
    }

    private async Task ReceiveAllAsync(PartialFile file, ContentReference content, Action<long> report, CancellationToken cancellationToken)
    {
        var current = options.CurrentValue;
        var retries = new RetryBudget(current, random, file.Length);
        var afresh = false;
        while (true)
        {
            try
            {
                await ReceiveAsync(file, content, current, report, cancellationToken);
            }
            catch (ContentException e) when (e.Failure is ContentFailure.Unreachable or ContentFailure.TooSlow)
            {
                if (file.Length == content.Size)
                {
                    continue; // it broke off when all was there
                }

                if (retries.Next(file.Length) is not { } wait)
                {
                    throw;
                }

                LogRetry(content.Digest, file.Length, e.Failure, e.Message, wait);
                await Task.Delay(wait, time, cancellationToken);
                continue;
            }

            if (file.Current == content.Digest)
            {
                return;
            }

            // Bytes of one answer are what the source has; bytes of several may be of different versions, or of another source.
            if (!file.Stitched || afresh)
            {
                throw new ContentException(
                    ContentFailure.WrongDigest, $"What {source.Name} sent as content {content.Digest} has the right size of {content.Size} bytes but digest {file.Current}.");
            }

            LogAfresh(content.Digest, source.Name, file.Current);
            file.Restart(null);
            afresh = true;
        }
    }

    /// <summary>Takes one answer of the source, until the content is complete.</summary>
    private async Task ReceiveAsync(
        PartialFile file, ContentReference content, ContentOptions current, Action<long> report, CancellationToken cancellationToken)
    {
        report(file.Length);
        if (file.Length == content.Size)
        {
            return; // killed between the last byte and the final name
        }

        var opened = await OpenAsync(content, new ResumePoint(file.Length, file.Validator), cancellationToken);
        await using var stream = opened.Stream;
        try
        {
            await ReceiveAsync(opened, file, content, current, report, cancellationToken);
        }
        catch (ContentException e)
        {
            opened.Blame?.Invoke(e.Failure);
            throw;
        }

        if (!file.Stitched && file.Current != content.Digest)
        {
            opened.Blame?.Invoke(ContentFailure.WrongDigest);
        }
    }

    private async Task ReceiveAsync(
        OpenedContent opened, PartialFile file, ContentReference content, ContentOptions current, Action<long> report, CancellationToken cancellationToken)
    {
        var stream = opened.Stream;
        if (opened.Offset == 0)
        {
            file.Restart(opened.Validator);
        }
        else if (opened.Offset != file.Length)
        {
            throw new ContentException(
                ContentFailure.Unreachable, $"{source.Name} was asked for content {content.Digest} from byte {file.Length} and answered with byte {opened.Offset}.");
        }
        else
        {
            file.Continue();
        }

        using var guard = new RateGuard(time, current.MinBytesPerSecond, current.SlowGrace, cancellationToken);
        var buffer = ArrayPool<byte>.Shared.Rent(PartialFile.MarkEvery);
        try
        {
            while (true)
            {
                // one byte more than there may be, so that a longer body is noticed without taking it
                var room = buffer.AsMemory(0, (int)Math.Min(buffer.Length, content.Size - file.Length + 1));
                var got = await ReadAsync(stream, room, content, file.Length, guard, cancellationToken);
                if (got == 0)
                {
                    break;
                }

                if (file.Length + got > content.Size)
                {
                    throw new ContentException(
                        ContentFailure.WrongSize, $"{source.Name} sends more than the {content.Size} bytes that the update announces for content {content.Digest}.");
                }

                file.Append(buffer.AsSpan(0, got));
                guard.Count(got);
                metrics.Received(source.Name, got);
                report(file.Length);
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }

        if (file.Length < content.Size)
        {
            throw new ContentException(
                ContentFailure.Unreachable, $"{source.Name} ended content {content.Digest} after {file.Length} of {content.Size} bytes.");
        }
    }

    private async Task<OpenedContent> OpenAsync(ContentReference content, ResumePoint from, CancellationToken cancellationToken)
    {
        try
        {
            return await source.OpenAsync(content, from, cancellationToken);
        }
        catch (Exception e) when (e is IOException and not ContentException or HttpRequestException)
        {
            throw new ContentException(ContentFailure.Unreachable, $"{source.Name} cannot be reached for content {content.Digest}: {e.Message}", e);
        }
    }

    private async ValueTask<int> ReadAsync(
        Stream stream, Memory<byte> buffer, ContentReference content, long at, RateGuard guard, CancellationToken cancellationToken)
    {
        try
        {
            return await stream.ReadAsync(buffer, guard.Token);
        }
        catch (Exception e) when (guard.TooSlow && !cancellationToken.IsCancellationRequested && e is OperationCanceledException or IOException)
        {
            throw new ContentException(
                ContentFailure.TooSlow,
                $"{source.Name} sent content {content.Digest} slower than {options.CurrentValue.MinBytesPerSecond} bytes a second for {options.CurrentValue.SlowGrace} (at byte {at}).",
                e);
        }
        catch (Exception e) when (e is IOException and not ContentException or HttpRequestException)
        {
            throw new ContentException(ContentFailure.Unreachable, $"{source.Name} broke off content {content.Digest} after {at} of {content.Size} bytes: {e.Message}", e);
        }
    }

    private void KeepPart(PartialFile file, ContentReference content)
    {
        try
        {
            file.Keep();
        }
        catch (IOException e)
        {
            LogNotKept(content.Digest, e.Message);
        }
    }
}
