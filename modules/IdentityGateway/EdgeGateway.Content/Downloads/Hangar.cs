using EdgeGateway.Content.Addresses;
using EdgeGateway.Content.Files;
using Microsoft.Extensions.Logging;

namespace EdgeGateway.Content.Downloads;

/// <summary>Makes content present for one flight: finds it in the store, else fetches it; and learns what addresses hold.</summary>
internal sealed partial class Hangar(
    Receiver receiver,
    Downloader downloader,
    AddressDownloader addressDownloader,
    AddressIndex addresses,
    ContentShelf shelf,
    ContentFolder folder,
    ContentMetrics metrics,
    ILogger<ContentStore> logger)
{
    private readonly ILogger _logger = logger;

    /// <summary>Brings content, checked and pinned.</summary>
    /// <returns>The content, its pin, and what readers are told as its tag.</returns>
    /// <exception cref="ContentException">With the reason.</exception>
    /// <exception cref="IOException">From the disk.</exception>
    public async Task<(VerifiedFile File, ShelfPin Pin, string Tag)> BringAsync(Flight flight)
    {
        shelf.Open();
        return flight.Plan.Content is { } content ? await BringContentAsync(flight, content) : await BringAddressAsync(flight);
    }

    private async Task<(VerifiedFile File, ShelfPin Pin, string Tag)> BringContentAsync(Flight flight, ContentReference content)
    {
        var tag = content.Digest.ToString();
        if (OpenPresent(content.Digest, flight) is var (file, pin))
        {
            if (flight.Used)
            {
                metrics.Hit();
            }

            return (file, pin, tag);
        }

        if (flight.Plan.OnlyCheck)
        {
            throw new ContentException(ContentFailure.NotFound, $"Content {content.Digest} is not in the store.");
        }

        metrics.Miss();
        using var room = shelf.Reserve(content.Digest, content.Size, flight.Plan.Ahead);
        DownloadOutcome outcome;
        try
        {
            outcome = await downloader.RunAsync(flight);
        }
        catch
        {
            room.Dispose();
            shelf.Abandon(content.Digest);
            throw;
        }

        if (flight.Plan.AddressKey is { } key && outcome.OfAddress)
        {
            addresses.Learn(key, content.Digest, content.Size, tag, outcome.Validator);
        }

        return Opened(content.Digest, shelf.MarkComplete(content.Digest, content.Digest, content.Size), tag, flight);
    }

    private async Task<(VerifiedFile File, ShelfPin Pin, string Tag)> BringAddressAsync(Flight flight)
    {
        var (renewed, first) = await RenewAsync(flight);
        if (renewed is { } entry && OpenPresent(entry.Digest, flight) is var (present, held))
        {
            metrics.Hit();
            return (present, held, entry.Tag);
        }

        metrics.Miss();
        ShelfPin? room = null;
        DownloadOutcome outcome;
        try
        {
            outcome = await addressDownloader.RunAsync(flight, first, size =>
            {
                room?.Dispose();
                room = shelf.Reserve(flight.Name, size, flight.Plan.Ahead);
            });
        }
        catch
        {
            room?.Dispose();
            shelf.Abandon(flight.Name);
            throw;
        }

        using (room)
        {
            var tag = flight.Arrival.Now.Version!.Tag;
            addresses.Learn(flight.Name, outcome.Digest, outcome.Size, tag, outcome.Validator);
            return Opened(outcome.Digest, shelf.MarkComplete(flight.Name, outcome.Digest, outcome.Size), tag, flight);
        }
    }

    /// <summary>Asks whether an address holds still what it did: for its last byte, if the version is the same.</summary>
    /// <returns>What it holds, if that is in the store; else the answer that brings the new version, if one was opened.</returns>
    private async Task<(AddressEntry? Entry, OpenedContent? First)> RenewAsync(Flight flight)
    {
        if (addresses.Find(flight.Name) is not { } entry)
        {
            return (null, null);
        }

        using var pin = shelf.TryPin(entry.Digest);
        if (pin is null || addresses.IsFresh(entry))
        {
            return (pin is null ? null : entry, null);
        }

        OpenedContent opened;
        try
        {
            var from = entry.Validator is null ? ResumePoint.Start : new ResumePoint(entry.Size - 1, entry.Validator);
            opened = await receiver.OpenAsync(flight.Plan, from, "the address of content " + entry.Digest, flight.Cancelled);
        }
        catch (ContentException e) when (e.Failure is ContentFailure.Unreachable or ContentFailure.TooSlow)
        {
            LogNotRenewed(entry.Digest, e.Message);
            return (entry, null);
        }
        catch (ContentException e) when (e.Failure is ContentFailure.NotFound)
        {
            addresses.Forget(flight.Name);
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

        addresses.Learn(flight.Name, entry.Digest, entry.Size, entry.Tag, entry.Validator);
        return (entry, null);
    }

    private (VerifiedFile File, ShelfPin Pin, string Tag) Opened(Sha256Digest digest, ShelfPin pin, string tag, Flight flight) =>
        OpenChecked(digest, pin, flight) is { } file
            ? (file, pin, tag)
            : throw new ContentException(ContentFailure.Disk, $"Content {digest} was written below {folder.Root} and reads back different: the disk is broken.");

    private (VerifiedFile File, ShelfPin Pin)? OpenPresent(Sha256Digest digest, Flight flight)
    {
        if (shelf.TryPin(digest) is not { } pin)
        {
            return null;
        }

        if (OpenChecked(digest, pin, flight) is { } file)
        {
            return (file, pin);
        }

        metrics.Damaged(flight.Plan.OnlyCheck && !flight.Used ? "scrub" : "open");
        LogReplaced(digest);
        return null;
    }

    /// <summary>Opens pinned content; deletes it if it is not what its name says.</summary>
    private VerifiedFile? OpenChecked(Sha256Digest digest, ShelfPin pin, Flight flight)
    {
        VerifiedFile? file = null;
        try
        {
            file = VerifiedFile.Open(folder.FileOf(digest), digest, flight.Cancelled);
            if (file is null)
            {
                shelf.Discard(digest);
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

    [LoggerMessage(3040, LogLevel.Error, "Content {Digest} on disk is not what its name says; it is deleted, and downloaded again when it is wanted.")]
    private partial void LogReplaced(Sha256Digest digest);

    [LoggerMessage(3043, LogLevel.Warning, "Whether the address of content {Digest} holds it still cannot be asked; it is taken for true: {Reason}")]
    private partial void LogNotRenewed(Sha256Digest digest, string reason);
}
