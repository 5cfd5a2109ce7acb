using EdgeGateway.Content.Files;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace EdgeGateway.Content.Downloads;

/// <summary>
/// Brings content of a known digest from its source into its final file: taken up where it broke off, checked for size while it arrives and for
/// its digest at the end, and fetched afresh where another source may have the right bytes.
/// </summary>
internal sealed partial class Downloader(
    Receiver receiver,
    ContentFolder folder,
    IContentDisk disk,
    IOptionsMonitor<ContentOptions> options,
    TimeProvider time,
    Random random,
    ILogger<ContentStore> logger)
{
    /// <summary>Times that wrong content is answered by fetching it afresh, where a source can be blamed and another one may be asked.</summary>
    private const int MostAfresh = 4;

    private readonly ILogger _logger = logger;

    /// <summary>Downloads, with retries. However it ends, what is good of the bytes stays on disk for the next time.</summary>
    /// <exception cref="ContentException">From the source or because of what it sent.</exception>
    /// <exception cref="IOException">From the disk.</exception>
    public async Task<DownloadOutcome> RunAsync(Flight flight)
    {
        var content = flight.Plan.Content!;
        var start = time.GetTimestamp();
        using var file = PartialFile.Open(folder, disk, content.Digest, content.Size);
        flight.Arrival.Begin(new ContentVersion(content.Size, content.Digest.ToString()), file.OpenForReading());
        LogStarted(content.Digest, content.Size, receiver.SourceName, file.Length);
        var ofAddress = file.Length == 0 || file.Validator is not null;
        try
        {
            ofAddress &= await ReceiveAllAsync(file, flight, content);
        }
        catch (ContentException e) when (e.Failure is ContentFailure.WrongSize or ContentFailure.WrongDigest)
        {
            flight.Arrival.Restart(e.Failure);
            file.Restart(null, content.Size);
            folder.DeletePartial(content.Digest);
            throw;
        }
        catch (Exception e) when (e is ContentException or OperationCanceledException)
        {
            KeepPart(file, content);
            throw;
        }

        flight.Prove();
        file.Publish(content.Digest);
        LogDone(content.Digest, content.Size, receiver.SourceName, time.GetElapsedTime(start).TotalSeconds);
        return new DownloadOutcome(content.Digest, content.Size, file.Validator, ofAddress);
    }

    /// <returns>True if every answer was of the content's own address.</returns>
    private async Task<bool> ReceiveAllAsync(PartialFile file, Flight flight, ContentReference content)
    {
        var retries = new RetryBudget(options.CurrentValue, random, file.Length);
        var (afresh, ofAddress) = (0, true);
        while (true)
        {
            OpenedContent? opened = null;
            try
            {
                flight.Report(file.Length);
                if (file.Length < content.Size) // else it was killed, or broken off, between the last byte and the final name
                {
                    opened = await receiver.OpenAsync(flight.Plan, new ResumePoint(file.Length, file.Validator), Name(content), flight.Cancelled);
                    await using var stream = opened.Stream;
                    ofAddress &= opened.Address == content.Origin;
                    Prepare(file, opened, flight, content);
                    await receiver.ReceiveAsync(opened, file, Name(content), flight.Report, flight.Cancelled);
                }
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
                await Task.Delay(wait, time, flight.Cancelled);
                continue;
            }
            catch (ContentException e) when (e.Failure is ContentFailure.WrongSize && opened?.Blame is not null && afresh < MostAfresh)
            {
                LogWrong(content.Digest, e.Message);
            }

            if (file.Length == content.Size && file.Current == content.Digest)
            {
                return ofAddress;
            }

            CheckAfresh(file, opened, content, ref afresh);
            flight.Arrival.Restart(ContentFailure.WrongDigest);
            file.Restart(null, content.Size);
        }
    }

    /// <summary>Whether content that turned out wrong is worth another try, from its first byte.</summary>
    /// <exception cref="ContentException">It is not.</exception>
    private void CheckAfresh(PartialFile file, OpenedContent? opened, ContentReference content, ref int afresh)
    {
        var wrong = file.Length == content.Size;
        if (wrong && !file.Stitched && opened is not null)
        {
            receiver.Blame(opened, ContentFailure.WrongDigest);
        }

        // Bytes of one answer are what the source has; bytes of several may be of different versions, or of another source.
        var most = opened?.Blame is not null ? MostAfresh : file.Stitched ? 1 : 0;
        if (afresh++ >= most)
        {
            throw new ContentException(
                ContentFailure.WrongDigest,
                $"What {opened?.Source ?? receiver.SourceName} sent as content {content.Digest} has the right size of {content.Size} bytes but digest {file.Current}.");
        }

        if (wrong)
        {
            LogAfresh(content.Digest, opened?.Source ?? receiver.SourceName, file.Current);
        }
    }

    private static void Prepare(PartialFile file, OpenedContent opened, Flight flight, ContentReference content)
    {
        if (opened.Offset == 0)
        {
            flight.Arrival.Restart(ContentFailure.Unreachable);
            file.Restart(opened.Validator, content.Size);
        }
        else if (opened.Offset != file.Length)
        {
            throw new ContentException(
                ContentFailure.Unreachable,
                $"{opened.Source ?? "The source"} was asked for {Name(content)} from byte {file.Length} and answered with byte {opened.Offset}.");
        }
        else
        {
            file.Continue();
        }
    }

    private static string Name(ContentReference content) => $"content {content.Digest}";

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

    [LoggerMessage(3020, LogLevel.Information, "Content {Digest} of {Bytes} bytes: downloading from {Source}, {Present} bytes are present already.")]
    private partial void LogStarted(Sha256Digest digest, long bytes, string source, long present);

    [LoggerMessage(3021, LogLevel.Information, "Content {Digest} of {Bytes} bytes was downloaded from {Source} in {Seconds:F1} s and checked.")]
    private partial void LogDone(Sha256Digest digest, long bytes, string source, double seconds);

    [LoggerMessage(3022, LogLevel.Warning, "Content {Digest} broke off at byte {Present} ({Failure}): {Reason} Next try in {Wait}.")]
    private partial void LogRetry(Sha256Digest digest, long present, ContentFailure failure, string reason, TimeSpan wait);

    [LoggerMessage(3023, LogLevel.Warning, "Content {Digest}, as far as {Source} sent it, has digest {Actual}; it is downloaded afresh.")]
    private partial void LogAfresh(Sha256Digest digest, string source, Sha256Digest actual);

    [LoggerMessage(3024, LogLevel.Warning, "The last bytes of unfinished content {Digest} are not noted and will be downloaded again: {Reason}")]
    private partial void LogNotKept(Sha256Digest digest, string reason);

    [LoggerMessage(3025, LogLevel.Warning, "Content {Digest} is downloaded afresh: {Reason}")]
    private partial void LogWrong(Sha256Digest digest, string reason);
}
