using EdgeGateway.Content.Cache;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace EdgeGateway.Content.Downloads;

/// <summary>
/// Downloads content of a known digest into its final file: resumes where an earlier download ended, checks the size while bytes arrive and the
/// digest at the end, and restarts where another source may have the right bytes.
/// </summary>
internal sealed partial class Downloader(
    Receiver receiver,
    CacheLayout folder,
    IContentDisk disk,
    IOptionsMonitor<ContentOptions> options,
    TimeProvider time,
    Random random,
    ILogger<ContentStore> logger)
{
    /// <summary>Restarts after wrong content, where its source can be banned and another one may be asked.</summary>
    private const int MaxRestarts = 4;

    private readonly ILogger _logger = logger;

    /// <summary>Downloads with retries. Valid bytes always stay on disk for the next download.</summary>
    /// <exception cref="ContentException">The source fails, or sent wrong content.</exception>
    /// <exception cref="IOException">The disk fails.</exception>
    public async Task<DownloadResult> RunAsync(Download download)
    {
        var content = download.Plan.Content!;
        var start = time.GetTimestamp();
        using var file = PartialFile.Open(folder, disk, content.Digest, content.Size);
        download.DownloadProgress.Begin(new ContentVersion(content.Size, content.Digest.ToString()), file.OpenForReading());
        LogStarted(content.Digest, content.Size, receiver.SourceName, file.Length);
        var ofAddress = file.Length == 0 || file.Validator is not null;
        try
        {
            ofAddress &= await ReceiveAllAsync(file, download, content);
        }
        catch (ContentException e) when (e.Failure is ContentFailure.WrongSize or ContentFailure.WrongDigest)
        {
            download.DownloadProgress.Restart(e.Failure);
            file.Restart(null, content.Size);
            folder.DeletePartial(content.Digest);
            throw;
        }
        catch (Exception e) when (e is ContentException or OperationCanceledException)
        {
            KeepPart(file, content);
            throw;
        }

        download.Prove();
        file.Publish(content.Digest);
        LogDone(content.Digest, content.Size, receiver.SourceName, time.GetElapsedTime(start).TotalSeconds);
        return new DownloadResult(content.Digest, content.Size, file.Validator, ofAddress);
    }

    /// <returns>True if every response came from the content's own address.</returns>
    private async Task<bool> ReceiveAllAsync(PartialFile file, Download download, ContentReference content)
    {
        var retries = new RetryBudget(options.CurrentValue, random, file.Length);
        var (restarts, ofAddress) = (0, true);
        while (true)
        {
            OpenedContent? opened = null;
            try
            {
                download.Report(file.Length);
                if (file.Length < content.Size) // else an earlier run was killed between the last byte and the final name
                {
                    opened = await receiver.OpenAsync(download.Plan, new ResumePoint(file.Length, file.Validator), Name(content), download.Cancelled);
                    await using var stream = opened.Stream;
                    ofAddress &= opened.Address == content.Origin;
                    Prepare(file, opened, download, content);
                    await receiver.ReceiveAsync(opened, file, Name(content), download.Report, download.Cancelled);
                }
            }
            catch (ContentException e) when (e.Failure is ContentFailure.Unreachable or ContentFailure.TooSlow)
            {
                if (file.Length == content.Size)
                {
                    continue; // interrupted after the last byte
                }

                if (retries.Next(file.Length) is not { } wait)
                {
                    throw;
                }

                LogRetry(content.Digest, file.Length, e.Failure, e.Message, wait);
                await Task.Delay(wait, time, download.Cancelled);
                continue;
            }
            catch (ContentException e) when (e.Failure is ContentFailure.WrongSize && opened?.Blame is not null && restarts < MaxRestarts)
            {
                LogWrong(content.Digest, e.Message);
            }

            if (file.Length == content.Size && file.Current == content.Digest)
            {
                return ofAddress;
            }

            CheckRestart(file, opened, content, ref restarts);
            download.DownloadProgress.Restart(ContentFailure.WrongDigest);
            file.Restart(null, content.Size);
        }
    }

    /// <summary>Decides whether wrong content is worth a restart from its first byte.</summary>
    /// <exception cref="ContentException">It is not.</exception>
    private void CheckRestart(PartialFile file, OpenedContent? opened, ContentReference content, ref int restarts)
    {
        var wrong = file.Length == content.Size;
        if (wrong && !file.Stitched && opened is not null)
        {
            receiver.Blame(opened, ContentFailure.WrongDigest);
        }

        // Bytes of one response are those of the source; bytes of several may belong to different versions or sources.
        var most = opened?.Blame is not null ? MaxRestarts : file.Stitched ? 1 : 0;
        if (restarts++ >= most)
        {
            throw new ContentException(
                ContentFailure.WrongDigest,
                $"The content {content.Digest} from {opened?.Source ?? receiver.SourceName} has the expected size of {content.Size} bytes but the digest {file.Current}.");
        }

        if (wrong)
        {
            LogRestarted(content.Digest, opened?.Source ?? receiver.SourceName, file.Current);
        }
    }

    private static void Prepare(PartialFile file, OpenedContent opened, Download download, ContentReference content)
    {
        if (opened.Offset == 0)
        {
            download.DownloadProgress.Restart(ContentFailure.Unreachable);
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

    [LoggerMessage(3020, LogLevel.Information, "Download started. Digest={Digest} Bytes={Bytes} Source={Source} Present={Present}")]
    private partial void LogStarted(Sha256Digest digest, long bytes, string source, long present);

    [LoggerMessage(3021, LogLevel.Information, "Download completed and verified. Digest={Digest} Bytes={Bytes} Source={Source} Seconds={Seconds:F1}")]
    private partial void LogDone(Sha256Digest digest, long bytes, string source, double seconds);

    [LoggerMessage(3022, LogLevel.Warning, "Download interrupted; retrying. Digest={Digest} Present={Present} Failure={Failure} Reason={Reason} Delay={Wait}")]
    private partial void LogRetry(Sha256Digest digest, long present, ContentFailure failure, string reason, TimeSpan wait);

    [LoggerMessage(3023, LogLevel.Warning, "Download has a wrong digest; restarting. Digest={Digest} Source={Source} Actual={Actual}")]
    private partial void LogRestarted(Sha256Digest digest, string source, Sha256Digest actual);

    [LoggerMessage(3024, LogLevel.Warning, "Partial download cannot be recorded; its last bytes will be downloaded again. Digest={Digest} Reason={Reason}")]
    private partial void LogNotKept(Sha256Digest digest, string reason);

    [LoggerMessage(3025, LogLevel.Warning, "Download has a wrong size; restarting. Digest={Digest} Reason={Reason}")]
    private partial void LogWrong(Sha256Digest digest, string reason);
}

/// <summary>The result of a successful download.</summary>
/// <param name="Size">Size in bytes.</param>
/// <param name="Validator">Validator of the source.</param>
/// <param name="OfAddress">True if all bytes came from the requested address, as far as is known.</param>
internal sealed record DownloadResult(Sha256Digest Digest, long Size, string? Validator, bool OfAddress);
