using EdgeGateway.Content.Addresses;
using EdgeGateway.Content.Cache;
using Microsoft.Extensions.Logging;

namespace EdgeGateway.Content.Downloads;

/// <summary>Makes content present for one download: finds it in the store, else downloads it. Learns what addresses hold.</summary>
internal sealed partial class ContentFetcher(
    Receiver receiver,
    Downloader downloader,
    AddressDownloader addressDownloader,
    AddressIndex addresses,
    CacheDirectory directory,
    CacheLayout folder,
    ContentMetrics metrics,
    ILogger<ContentStore> logger)
{
    private readonly ILogger _logger = logger;

    /// <summary>Provides verified and pinned content.</summary>
    /// <returns>The content, its pin, and its entity tag for readers.</returns>
    /// <exception cref="ContentException">The content cannot be provided.</exception>
    /// <exception cref="IOException">The disk fails.</exception>
    public async Task<(VerifiedFile File, CachePin Pin, string Tag)> BringAsync(Download download)
    {
        directory.Open();
        return download.Plan.Content is { } content ? await BringContentAsync(download, content) : await BringAddressAsync(download);
    }

    private async Task<(VerifiedFile File, CachePin Pin, string Tag)> BringContentAsync(Download download, ContentReference content)
    {
        var tag = content.Digest.ToString();
        if (OpenPresent(content.Digest, download) is var (file, pin))
        {
            if (download.Used)
            {
                metrics.Hit();
            }

            return (file, pin, tag);
        }

        if (download.Plan.OnlyCheck)
        {
            throw new ContentException(ContentFailure.NotFound, $"Content {content.Digest} is not in the store.");
        }

        metrics.Miss();
        using var reservation = directory.Reserve(content.Digest, content.Size, download.Plan.Ahead);
        DownloadResult outcome;
        try
        {
            outcome = await downloader.RunAsync(download);
        }
        catch
        {
            reservation.Dispose();
            directory.Abandon(content.Digest);
            throw;
        }

        if (download.Plan.AddressKey is { } key && outcome.OfAddress)
        {
            addresses.Learn(key, content.Digest, content.Size, tag, outcome.Validator);
        }

        return Opened(content.Digest, directory.MarkComplete(content.Digest, content.Digest, content.Size), tag, download);
    }

    private async Task<(VerifiedFile File, CachePin Pin, string Tag)> BringAddressAsync(Download download)
    {
        var (renewed, first) = await RenewAsync(download);
        if (renewed is { } entry && OpenPresent(entry.Digest, download) is var (present, held))
        {
            metrics.Hit();
            return (present, held, entry.Tag);
        }

        metrics.Miss();
        CachePin? reservation = null;
        DownloadResult outcome;
        try
        {
            outcome = await addressDownloader.RunAsync(download, first, size =>
            {
                reservation?.Dispose();
                reservation = directory.Reserve(download.Name, size, download.Plan.Ahead);
            });
        }
        catch
        {
            reservation?.Dispose();
            directory.Abandon(download.Name);
            throw;
        }

        using (reservation)
        {
            var tag = download.DownloadProgress.Now.Version!.Tag;
            addresses.Learn(download.Name, outcome.Digest, outcome.Size, tag, outcome.Validator);
            return Opened(outcome.Digest, directory.MarkComplete(download.Name, outcome.Digest, outcome.Size), tag, download);
        }
    }

    /// <summary>Asks the source whether an address still holds the same content: requests its last byte with the validator.</summary>
    /// <returns>The entry, if its content is in the store; else the response with the new version, if there is one.</returns>
    private async Task<(AddressEntry? Entry, OpenedContent? First)> RenewAsync(Download download)
    {
        if (addresses.Find(download.Name) is not { } entry)
        {
            return (null, null);
        }

        using var pin = directory.TryPin(entry.Digest);
        if (pin is null || addresses.IsFresh(entry))
        {
            return (pin is null ? null : entry, null);
        }

        OpenedContent opened;
        try
        {
            var from = entry.Validator is null ? ResumePoint.Start : new ResumePoint(entry.Size - 1, entry.Validator);
            opened = await receiver.OpenAsync(download.Plan, from, "the address of content " + entry.Digest, download.Cancelled);
        }
        catch (ContentException e) when (e.Failure is ContentFailure.Unreachable or ContentFailure.TooSlow)
        {
            LogNotRenewed(entry.Digest, e.Message);
            return (entry, null);
        }
        catch (ContentException e) when (e.Failure is ContentFailure.NotFound)
        {
            addresses.Forget(download.Name);
            throw;
        }

        if (opened.Offset == 0)
        {
            return (null, opened);
        }

        await opened.Stream.DisposeAsync();
        if (opened.Size != entry.Size || entry.Validator is null || opened.Validator != entry.Validator)
        {
            return (null, null);
        }

        addresses.Learn(download.Name, entry.Digest, entry.Size, entry.Tag, entry.Validator);
        return (entry, null);
    }

    private (VerifiedFile File, CachePin Pin, string Tag) Opened(Sha256Digest digest, CachePin pin, string tag, Download download) =>
        OpenChecked(digest, pin, download) is { } file
            ? (file, pin, tag)
            : throw new ContentException(ContentFailure.Disk, $"Content {digest} was written below {folder.Root} and reads back different. Replace the disk.");

    private (VerifiedFile File, CachePin Pin)? OpenPresent(Sha256Digest digest, Download download)
    {
        if (directory.TryPin(digest) is not { } pin)
        {
            return null;
        }

        if (OpenChecked(digest, pin, download) is { } file)
        {
            return (file, pin);
        }

        metrics.Damaged(download.Plan.OnlyCheck && !download.Used ? "scrub" : "open");
        LogReplaced(digest);
        return null;
    }

    /// <summary>Opens pinned content; deletes it if its digest is wrong.</summary>
    private VerifiedFile? OpenChecked(Sha256Digest digest, CachePin pin, Download download)
    {
        VerifiedFile? file = null;
        try
        {
            file = VerifiedFile.Open(folder.FileOf(digest), digest, download.Cancelled);
            if (file is null)
            {
                directory.Discard(digest);
            }

            return file;
        }
        finally
        {
            if (file is null)
            {
                pin.Dispose();
            }
        }
    }

    [LoggerMessage(3040, LogLevel.Error, "Content on disk has a wrong digest; it is deleted and downloaded again when needed. Digest={Digest}")]
    private partial void LogReplaced(Sha256Digest digest);

    [LoggerMessage(3043, LogLevel.Warning, "Source cannot be asked whether an address still holds its content; the cached content is used. Digest={Digest} Reason={Reason}")]
    private partial void LogNotRenewed(Sha256Digest digest, string reason);
}
