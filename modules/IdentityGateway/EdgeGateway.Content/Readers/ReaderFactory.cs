using EdgeGateway.Content.Addresses;
using EdgeGateway.Content.Downloads;
using EdgeGateway.Content.Cache;
using EdgeGateway.Content.Retention;

namespace EdgeGateway.Content.Readers;

/// <summary>Makes readers of content that is present, being downloaded, or downloaded for them.</summary>
/// <remarks>Thread-safe.</remarks>
internal sealed class ReaderFactory(DownloadCoordinator coordinator, OpenFiles open, RetentionIndex retention, AddressIndex addresses, ContentMetrics metrics)
{
    /// <summary>See <see cref="IContentCache.OpenAsync(ContentReference, CancellationToken)"/>.</summary>
    public async Task<IContentReader> OpenAsync(ContentReference content, CancellationToken cancellationToken)
    {
        var request = new DownloadRequest(RequestPurpose.Feed, content);
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var join = coordinator.Board(request);
            var others = !join.IsNew && join.Download is { } download && (download.Plan.OnlyCheck || download.Plan.Content != content);
            try
            {
                if (await ReaderAsync(join, request, (content.Digest.ToString(), content.Size, others), cancellationToken) is { } reader)
                {
                    return reader;
                }
            }
            catch (ContentException) when (others)
            {
                // The download failed with the size or address of another request; this one may succeed.
            }
        }
    }

    /// <summary>See <see cref="IContentCache.OpenAsync(Uri, CancellationToken)"/>.</summary>
    public async Task<IContentReader> OpenAsync(Uri address, CancellationToken cancellationToken)
    {
        var (key, request) = (AddressKey.Of(address), new DownloadRequest(RequestPurpose.Feed));
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (addresses.Find(key) is { } entry && addresses.IsFresh(entry) && await TryOpenAsync(entry.Digest, entry.Tag, cancellationToken) is { } present)
            {
                return present;
            }

            var join = coordinator.Board(address, key, request);
            var others = join is { IsNew: false, Download.Plan.Content: not null };
            try
            {
                if (await ReaderAsync(join, request, (null, null, others), cancellationToken) is { } reader)
                {
                    return reader;
                }
            }
            catch (ContentException) when (others)
            {
                // The download failed for content by digest; the address may still provide it.
            }
        }
    }

    /// <summary>Opens content that is present or being downloaded.</summary>
    /// <param name="tag">Entity tag for readers.</param>
    /// <returns>Null if the content is neither present nor being downloaded.</returns>
    public async Task<IContentReader?> TryOpenAsync(Sha256Digest digest, string tag, CancellationToken cancellationToken)
    {
        var request = new DownloadRequest(RequestPurpose.Feed);
        while (coordinator.JoinIfPresent(digest, request) is { } join)
        {
            try
            {
                if (await ReaderAsync(join, request, (tag, null, true), cancellationToken) is { } reader)
                {
                    return reader;
                }
            }
            catch (ContentException)
            {
                return null; // its download failed, or its file was damaged: it is not present now
            }
        }

        return null;
    }

    /// <summary>Checks that content has the expected size.</summary>
    /// <exception cref="ContentException"><see cref="ContentFailure.WrongSize"/>; the file is released.</exception>
    public VerifiedFile OfSize(VerifiedFile file, long size)
    {
        if (file.Size == size)
        {
            return file;
        }

        coordinator.Release(file);
        throw new ContentException(ContentFailure.WrongSize, $"Content {file.Digest} has {file.Size} bytes; the update announces {size}.");
    }

    /// <summary>Notes a use of the content, which ends its retention.</summary>
    public void Use(VerifiedFile file)
    {
        coordinator.Use(file);
        retention.Release(file.Digest);
    }

    /// <summary>Makes a reader from the result of a request.</summary>
    /// <param name="known">Tag and size, where they are known; and whether to wait for the first byte, because the caller tries otherwise after a failure before it.</param>
    /// <returns>Null if the caller must request again.</returns>
    private async Task<IContentReader?> ReaderAsync(
        JoinResult join, DownloadRequest request, (string? Tag, long? Size, bool Wait) known, CancellationToken cancellationToken)
    {
        var (tag, size, wait) = known;
        var (file, download, joined, _) = join;
        if (file is not null)
        {
            Use(size is null ? file : OfSize(file, size.Value));
            metrics.ReaderOpened();
            return new CachedReader(file, tag ?? file.Digest.ToString(), open, coordinator, metrics);
        }

        if (!joined)
        {
            await download!.Ended.WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            return null;
        }

        var leave = true;
        try
        {
            var now = await download!.DownloadProgress.BegunAsync(wait, cancellationToken);
            if (now.Failure is { } failure)
            {
                await download.Result; // throws the failure
            }

            if (size is { } wanted && now.Version!.Size != wanted)
            {
                await download.Ended.WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                return null;
            }

            retention.Release(download.Name);
            metrics.ReaderOpened();
            leave = false;
            return new DownloadReader(download, now.Version!, tag ?? now.Version!.Tag, request, open, coordinator, metrics);
        }
        finally
        {
            if (leave)
            {
                coordinator.Leave(download!, request);
            }
        }
    }
}
