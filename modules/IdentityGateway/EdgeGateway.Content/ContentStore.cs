using EdgeGateway.Content.Addresses;
using EdgeGateway.Content.Downloads;
using EdgeGateway.Content.Files;
using EdgeGateway.Content.Holds;
using EdgeGateway.Content.Reading;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace EdgeGateway.Content;

/// <summary>
/// The store of the gateway: one folder, one download a digest or address, every byte checked when it arrives, when it is opened, and when a
/// microcontroller gets it.
/// </summary>
/// <remarks>
/// Thread-safe. Content that somebody uses is open once, whatever the number of leases and readers: hashed as a whole when the first one opens
/// it, and trusted as long as its file stands still. Disposing ends the downloads; leases stay good.
/// </remarks>
public sealed class ContentStore : IContentStore, IContentFeed, IContentHolds, IDisposable, IAsyncDisposable
{
    private readonly FlightDeck _deck;
    private readonly OpenFiles _open;
    private readonly IdleFiles _idle;
    private readonly ContentShelf _shelf;
    private readonly ContentFolder _folder;
    private readonly HoldBook _holds;
    private readonly AddressIndex _addresses;
    private readonly ReadingDesk _desk;

    public ContentStore(
        IContentSource source, IOptionsMonitor<ContentOptions> options, TimeProvider time, ContentMetrics metrics, ILogger<ContentStore> logger)
        : this(source, options, time, metrics, logger, new ContentDisk(), Random.Shared)
    {
    }

    internal ContentStore(
        IContentSource source,
        IOptionsMonitor<ContentOptions> options,
        TimeProvider time,
        ContentMetrics metrics,
        ILogger<ContentStore> logger,
        IContentDisk disk,
        Random random)
    {
        var gate = new Lock();
        _folder = new ContentFolder(options.CurrentValue.Folder);
        _holds = new HoldBook(_folder.Holds, options, time, metrics, logger);
        _addresses = new AddressIndex(_folder.Addresses, options, time, logger);
        _idle = new IdleFiles(time);
        _shelf = new ContentShelf(_folder, disk, _holds, _addresses, _idle, options, metrics, logger);
        _open = new OpenFiles(gate, _shelf, _idle, time, metrics, logger);
        var receiver = new Receiver(source, options, time, metrics);
        var hangar = new Hangar(
            receiver,
            new Downloader(receiver, _folder, disk, options, time, random, logger),
            new AddressDownloader(receiver, _folder, disk, options, time, random, logger),
            _addresses,
            _shelf,
            _folder,
            metrics,
            logger);
        _deck = new FlightDeck(gate, _open, _shelf, hangar, _folder, metrics, logger);
        _desk = new ReadingDesk(_deck, _open, _holds, _addresses, metrics);
    }

    /// <inheritdoc/>
    public IReadOnlyList<ContentHold> Holds
    {
        get
        {
            OpenShelf();
            return _holds.All;
        }
    }

    /// <inheritdoc/>
    public async Task<IContentLease> AcquireAsync(ContentReference content, IProgress<long>? progress, CancellationToken cancellationToken)
    {
        Check(content);
        var file = await HoldFileAsync(content, new Wish(WishKind.Update, content, progress), cancellationToken);
        _desk.Use(file);
        LearnOrigin(content);
        var lease = new ContentLease(file, _open.Tampered, _deck.Release);
        progress?.Report(lease.Size);
        return lease;
    }

    /// <inheritdoc/>
    public Task<IContentReader> OpenAsync(ContentReference content, CancellationToken cancellationToken)
    {
        Check(content);
        return _desk.OpenAsync(content, cancellationToken);
    }

    /// <inheritdoc/>
    public async Task<IContentReader?> TryOpenAsync(Sha256Digest digest, CancellationToken cancellationToken)
    {
        OpenShelf();
        return await _desk.TryOpenAsync(digest, digest.ToString(), cancellationToken);
    }

    /// <inheritdoc/>
    /// <remarks>What an address holds is remembered for <see cref="ContentOptions.AddressLifetime"/>. A source that does not tell the size is refused.</remarks>
    public async Task<IContentReader> OpenAsync(Uri address, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(address);
        OpenShelf();
        return await _desk.OpenAsync(address, cancellationToken);
    }

    /// <inheritdoc/>
    public async Task<ContentHold> HoldAsync(ContentReference content, DateTimeOffset until, IProgress<long>? progress, CancellationToken cancellationToken)
    {
        Check(content);
        OpenShelf();
        _holds.Claim(content);
        try
        {
            var file = await HoldFileAsync(content, new Wish(WishKind.Hold, content, progress), cancellationToken);
            try
            {
                var hold = new ContentHold(content.Digest, content.Size, until);
                _holds.Put(hold);
                LearnOrigin(content);
                progress?.Report(content.Size);
                return hold;
            }
            catch (Exception e) when (DiskProblem.IsDiskError(e))
            {
                throw DiskProblem.Of(e, $"the note of the hold on content {content.Digest}", _folder.Root);
            }
            finally
            {
                _deck.Release(file);
            }
        }
        finally
        {
            _holds.Unclaim(content.Digest);
        }
    }

    /// <inheritdoc/>
    public bool Release(Sha256Digest digest)
    {
        OpenShelf();
        return _holds.Release(digest);
    }

    /// <summary>Content that is complete, as far as is known.</summary>
    internal IReadOnlyList<Sha256Digest> Present()
    {
        OpenShelf();
        return _shelf.Complete;
    }

    /// <summary>Reads and hashes content that nobody uses; deletes it if it is not what its name says.</summary>
    /// <returns>Its size if it is good; 0 if it is gone, in use, or bad.</returns>
    internal async Task<long> CheckAsync(Sha256Digest digest, CancellationToken cancellationToken)
    {
        var wish = new Wish(WishKind.Check);
        if (_deck.BoardIfPresent(digest, wish) is not { } boarding)
        {
            return 0;
        }

        if (boarding.File is { } file)
        {
            _deck.Release(file);
            return 0;
        }

        if (!boarding.Joined)
        {
            return 0;
        }

        if (!boarding.Flight!.Plan.OnlyCheck)
        {
            _deck.Leave(boarding.Flight, wish);
            return 0;
        }

        try
        {
            return (await boarding.Flight.Result.WaitAsync(cancellationToken)).Size;
        }
        catch (ContentException)
        {
            return 0; // found, logged and counted
        }
        finally
        {
            _deck.Leave(boarding.Flight, wish);
        }
    }

    /// <summary>Ends all downloads without waiting for them; their parts stay on disk.</summary>
    public void Dispose()
    {
        Array.ForEach(_deck.Close(), f => f.Cancel());
        _idle.Dispose();
    }

    /// <summary>Ends all downloads, and waits until nothing is written any more.</summary>
    public async ValueTask DisposeAsync()
    {
        Array.ForEach(_deck.Close(), f => f.Cancel());
        await SettleAsync();
        _idle.Dispose();
    }

    /// <summary>Waits for the end of all that is under way now.</summary>
    internal async Task SettleAsync()
    {
        foreach (var flight in _deck.Underway())
        {
            await flight.Ended.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private static void Check(ContentReference content)
    {
        ArgumentNullException.ThrowIfNull(content);
        ArgumentOutOfRangeException.ThrowIfLessThan(content.Size, 1, nameof(content));
    }

    /// <summary>Takes the word of who orders an update, or its prefetch, for what an address holds.</summary>
    private void LearnOrigin(ContentReference content)
    {
        if (content.Origin is { } origin && AddressKey.Of(origin) is var key && _addresses.Find(key)?.Digest != content.Digest)
        {
            _addresses.Learn(key, content.Digest, content.Size, content.Digest.ToString(), null);
        }
    }

    /// <summary>Makes content present.</summary>
    /// <returns>The content, held once more for the caller.</returns>
    private async Task<VerifiedFile> HoldFileAsync(ContentReference content, Wish wish, CancellationToken cancellationToken)
    {
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var (open, flight, joined, mine) = _deck.Board(wish);
            if (open is not null)
            {
                return _desk.OfSize(open, content.Size);
            }

            if (!joined)
            {
                await flight!.Ended.WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                continue;
            }

            try
            {
                var file = await flight!.Result.WaitAsync(cancellationToken);
                _deck.Hold(file);
                return _desk.OfSize(file, content.Size);
            }
            catch (ContentException) when (!mine && (flight!.Plan.OnlyCheck || flight.Plan.Content != content))
            {
                // It failed with somebody else's size or address; ours may be the right one.
            }
            finally
            {
                _deck.Leave(flight!, wish);
            }
        }
    }

    private void OpenShelf()
    {
        try
        {
            _shelf.Open();
        }
        catch (Exception e) when (DiskProblem.IsDiskError(e))
        {
            throw new ContentException(ContentFailure.Disk, $"The content store {_folder.Root} cannot be opened: {e.Message}", e);
        }
    }
}
