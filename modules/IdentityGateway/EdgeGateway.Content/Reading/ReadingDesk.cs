using EdgeGateway.Content.Addresses;
using EdgeGateway.Content.Downloads;
using EdgeGateway.Content.Files;
using EdgeGateway.Content.Holds;

namespace EdgeGateway.Content.Reading;

/// <summary>Gives out readers: of what is present, of what is on its way, and of what has to be brought.</summary>
/// <remarks>Thread-safe.</remarks>
internal sealed class ReadingDesk(FlightDeck deck, OpenFiles open, HoldBook holds, AddressIndex addresses, ContentMetrics metrics)
{
    /// <summary>See <see cref="IContentFeed.OpenAsync(ContentReference, CancellationToken)"/>.</summary>
    public async Task<IContentReader> OpenAsync(ContentReference content, CancellationToken cancellationToken)
    {
        var wish = new Wish(WishKind.Feed, content);
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var boarding = deck.Board(wish);
            var others = !boarding.Mine && boarding.Flight is { } flight && (flight.Plan.OnlyCheck || flight.Plan.Content != content);
            try
            {
                if (await ReaderAsync(boarding, wish, (content.Digest.ToString(), content.Size, others), cancellationToken) is { } reader)
                {
                    return reader;
                }
            }
            catch (ContentException) when (others)
            {
                // It failed with somebody else's size or address; ours may be the right one.
            }
        }
    }

    /// <summary>See <see cref="IContentFeed.OpenAsync(Uri, CancellationToken)"/>.</summary>
    public async Task<IContentReader> OpenAsync(Uri address, CancellationToken cancellationToken)
    {
        var (key, wish) = (AddressKey.Of(address), new Wish(WishKind.Feed));
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (addresses.Find(key) is { } entry && addresses.IsFresh(entry) && await TryOpenAsync(entry.Digest, entry.Tag, cancellationToken) is { } present)
            {
                return present;
            }

            var boarding = deck.Board(address, key, wish);
            var others = boarding is { Mine: false, Flight.Plan.Content: not null };
            try
            {
                if (await ReaderAsync(boarding, wish, (null, null, others), cancellationToken) is { } reader)
                {
                    return reader;
                }
            }
            catch (ContentException) when (others)
            {
                // It failed as somebody's content; as what the address holds it may come.
            }
        }
    }

    /// <summary>Opens content that is present or on its way.</summary>
    /// <param name="digest">What.</param>
    /// <param name="tag">What readers are told as its tag.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>Null if it is neither.</returns>
    public async Task<IContentReader?> TryOpenAsync(Sha256Digest digest, string tag, CancellationToken cancellationToken)
    {
        var wish = new Wish(WishKind.Feed);
        while (deck.BoardIfPresent(digest, wish) is { } boarding)
        {
            try
            {
                if (await ReaderAsync(boarding, wish, (tag, null, true), cancellationToken) is { } reader)
                {
                    return reader;
                }
            }
            catch (ContentException)
            {
                return null; // it was on its way, or its file was bad: it is not present now
            }
        }

        return null;
    }

    /// <summary>Content that is as long as announced.</summary>
    /// <exception cref="ContentException"><see cref="ContentFailure.WrongSize"/>; the file is released.</exception>
    public VerifiedFile OfSize(VerifiedFile file, long size)
    {
        if (file.Size == size)
        {
            return file;
        }

        deck.Release(file);
        throw new ContentException(ContentFailure.WrongSize, $"Content {file.Digest} has {file.Size} bytes; the update announces {size}.");
    }

    /// <summary>Notes that a holder uses the content: a hold on it ends.</summary>
    public void Use(VerifiedFile file)
    {
        deck.Use(file);
        holds.Release(file.Digest);
    }

    /// <summary>Turns a boarding into a reader.</summary>
    /// <param name="boarding">What came of asking.</param>
    /// <param name="wish">What was asked.</param>
    /// <param name="known">Tag and size, where they are known; and whether to wait for the first byte, because a failure before it means to try otherwise.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>Null if it is to be asked again.</returns>
    private async Task<IContentReader?> ReaderAsync(
        Boarding boarding, Wish wish, (string? Tag, long? Size, bool Wait) known, CancellationToken cancellationToken)
    {
        var (tag, size, wait) = known;
        var (file, flight, joined, _) = boarding;
        if (file is not null)
        {
            Use(size is null ? file : OfSize(file, size.Value));
            metrics.ReaderOpened();
            return new ContentReader(file, tag ?? file.Digest.ToString(), open, deck, metrics);
        }

        if (!joined)
        {
            await flight!.Ended.WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            return null;
        }

        var boarded = true;
        try
        {
            var now = await flight!.Arrival.BegunAsync(wait, cancellationToken);
            if (now.Failure is { } failure)
            {
                await flight.Result; // throws it
            }

            if (size is { } wanted && now.Version!.Size != wanted)
            {
                await flight.Ended.WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                return null;
            }

            holds.Release(flight.Name);
            metrics.ReaderOpened();
            boarded = false;
            return new ArrivingReader(flight, now.Version!, tag ?? now.Version!.Tag, wish, open, deck, metrics);
        }
        finally
        {
            if (boarded)
            {
                deck.Leave(flight!, wish);
            }
        }
    }
}
