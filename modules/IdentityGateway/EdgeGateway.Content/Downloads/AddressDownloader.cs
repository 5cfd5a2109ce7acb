using EdgeGateway.Content.Addresses;
using EdgeGateway.Content.Cache;
using EdgeGateway.Content.Sources;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace EdgeGateway.Content.Downloads;

/// <summary>Downloads the content of an address of which nothing else is known: hashes it as it arrives, and names it by its digest.</summary>
/// <remarks>
/// No digest shows a wrong part, so a download is resumed only if its source confirms the same version by a validator. A source that does not
/// state the size is refused: readers receive the size before the first byte, and the space is reserved before it arrives.
/// </remarks>
internal sealed partial class AddressDownloader(
    Receiver receiver,
    CacheLayout folder,
    IContentDisk disk,
    IOptionsMonitor<ContentOptions> options,
    TimeProvider time,
    Random random,
    ILogger<ContentStore> logger)
{
    private readonly ILogger _logger = logger;

    /// <summary>Downloads with retries.</summary>
    /// <param name="first">A response from the first byte that is open already; else null.</param>
    /// <param name="reserve">Receives the size in bytes when it is known, and again if it changes.</param>
    /// <exception cref="ContentException">The source fails, or sent wrong content.</exception>
    /// <exception cref="IOException">The disk fails.</exception>
    public async Task<DownloadResult> RunAsync(Download download, OpenedContent? first, Action<long> reserve)
    {
        PartialFile file;
        try
        {
            file = PartialFile.Open(folder, disk, download.Name, null);
        }
        catch
        {
            await DropAsync(first);
            throw;
        }

        using (file)
        {
            try
            {
                if (file.Length > 0 && file.Length == file.Size && file.Validator is not null && first is null)
                {
                    Begin(download, file, reserve); // an earlier run was killed between the last byte and the final name
                }
                else
                {
                    await ReceiveAllAsync(file, download, first, reserve);
                }
            }
            catch (ContentException e) when (e.Failure is ContentFailure.WrongSize or ContentFailure.NotFound)
            {
                download.DownloadProgress.Restart(e.Failure);
                folder.DeletePartial(download.Name);
                throw;
            }
            catch (Exception e) when (e is ContentException or OperationCanceledException)
            {
                Keep(file, download);
                throw;
            }

            var outcome = new DownloadResult(file.Current, file.Size, file.Validator, OfAddress: true);
            download.Prove();
            file.Publish(outcome.Digest);
            LogDone(OriginRules.Name(download.Plan.Address!), outcome.Digest, outcome.Size);
            return outcome;
        }
    }

    private static void Begin(Download download, PartialFile file, Action<long> reserve)
    {
        reserve(file.Size);
        download.DownloadProgress.Begin(new ContentVersion(file.Size, AddressKey.Tag(download.Name, file.Validator, file.Size)), file.OpenForReading());
        download.Report(file.Length);
    }

    private static async Task DropAsync(OpenedContent? opened)
    {
        if (opened is not null)
        {
            await opened.Stream.DisposeAsync();
        }
    }

    private async Task ReceiveAllAsync(PartialFile file, Download download, OpenedContent? first, Action<long> reserve)
    {
        var retries = new RetryBudget(options.CurrentValue, random, file.Length);
        var what = $"content of {OriginRules.Name(download.Plan.Address!)}";
        var whole = false; // the next response must have all bytes
        while (true)
        {
            try
            {
                var from = whole || file.Validator is null ? ResumePoint.Start : new ResumePoint(file.Length, file.Validator);
                var opened = first ?? await receiver.OpenAsync(download.Plan, from, what, download.Cancelled);
                first = null;
                await using var stream = opened.Stream;
                if (!whole && opened.Offset > 0 && !Continues(file, opened))
                {
                    whole = true;
                    continue;
                }

                whole = false;
                Prepare(file, opened, download, what, reserve);
                await receiver.ReceiveAsync(opened, file, what, download.Report, download.Cancelled);
                return;
            }
            catch (ContentException e) when (e.Failure is ContentFailure.Unreachable or ContentFailure.TooSlow)
            {
                if (file.Length > 0 && file.Length == file.Size)
                {
                    return; // interrupted after the last byte
                }

                if (retries.Next(file.Length) is not { } wait)
                {
                    throw;
                }

                LogRetry(what, file.Length, e.Failure, e.Message, wait);
                await Task.Delay(wait, time, download.Cancelled);
            }
        }
    }

    /// <summary>Tells whether a response continues the same version as the bytes that are present.</summary>
    private static bool Continues(PartialFile file, OpenedContent opened) =>
        opened.Offset == file.Length && opened.Size == file.Size && opened.Validator is { } validator && validator == file.Validator;

    private static void Prepare(PartialFile file, OpenedContent opened, Download download, string what, Action<long> reserve)
    {
        if (opened.Offset > 0 && !Continues(file, opened))
        {
            throw new ContentException(ContentFailure.Unreachable, $"All of {what} was asked for; the answer begins at byte {opened.Offset}.");
        }

        if (opened.Size is not (> 0 and var size))
        {
            throw new ContentException(ContentFailure.WrongSize, $"The source does not tell the size of {what}, or that it has none; it is not passed on.");
        }

        if (opened.Offset == 0)
        {
            download.DownloadProgress.Restart(ContentFailure.Unreachable);
            file.Restart(opened.Validator, size);
        }
        else
        {
            file.Continue();
        }

        Begin(download, file, reserve);
    }

    private void Keep(PartialFile file, Download download)
    {
        try
        {
            file.Keep();
        }
        catch (IOException e)
        {
            LogNotKept(OriginRules.Name(download.Plan.Address!), e.Message);
        }
    }

    [LoggerMessage(3034, LogLevel.Information, "Download of an address completed. Address={Address} Digest={Digest} Bytes={Bytes}")]
    private partial void LogDone(string address, Sha256Digest digest, long bytes);

    [LoggerMessage(3035, LogLevel.Warning, "Download interrupted; retrying. What={What} Present={Present} Failure={Failure} Reason={Reason} Delay={Wait}")]
    private partial void LogRetry(string what, long present, ContentFailure failure, string reason, TimeSpan wait);

    [LoggerMessage(3036, LogLevel.Warning, "Partial download cannot be recorded; its last bytes will be downloaded again. Address={Address} Reason={Reason}")]
    private partial void LogNotKept(string address, string reason);
}
