using EdgeGateway.Content.Addresses;
using EdgeGateway.Content.Downloads;
using EdgeGateway.Content.Cache;
using EdgeGateway.Content.Retention;
using EdgeGateway.Content.Readers;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace EdgeGateway.Content;

/// <summary>
/// Stores content in one folder: one download for each digest or address, every byte verified when it arrives, when the file is opened, and when
/// a microcontroller receives it.
/// </summary>
/// <remarks>
/// Thread-safe. Content in use is open once for any number of leases and readers: hashed as a whole when it is opened, and trusted while the
/// length and time of its file do not change. Disposing ends the downloads; leases stay valid.
/// </remarks>
public sealed class ContentStore : IContentStore, IContentCache, IContentRetention, IDisposable, IAsyncDisposable
{
    private readonly DownloadCoordinator _coordinator;
    private readonly OpenFiles _open;
    private readonly IdleFiles _idle;
    private readonly CacheDirectory _directory;
    private readonly CacheLayout _folder;
    private readonly RetentionIndex _retention;
    private readonly AddressIndex _addresses;
    private readonly ReaderFactory _readers;

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
        _folder = new CacheLayout(options.CurrentValue.Folder);
        _retention = new RetentionIndex(_folder.Holds, options, time, metrics, logger);
        _addresses = new AddressIndex(_folder.Addresses, options, time, logger);
        _idle = new IdleFiles(time);
        _directory = new CacheDirectory(_folder, disk, _retention, _addresses, _idle, options, metrics, logger);
        _open = new OpenFiles(gate, _directory, _idle, time, metrics, logger);
        var receiver = new Receiver(source, options, time, metrics);
        var fetcher = new ContentFetcher(
            receiver,
            new Downloader(receiver, _folder, disk, options, time, random, logger),
            new AddressDownloader(receiver, _folder, disk, options, time, random, logger),
            _addresses,
            _directory,
            _folder,
            metrics,
            logger);
        _coordinator = new DownloadCoordinator(gate, _open, _directory, fetcher, _folder, metrics, logger);
        _readers = new ReaderFactory(_coordinator, _open, _retention, _addresses, metrics);
    }

    /// <inheritdoc/>
    public IReadOnlyList<RetainedContent> Retained
    {
        get
        {
            OpenCache();
            return _retention.All;
        }
    }

    /// <inheritdoc/>
    public async Task<IContentLease> AcquireAsync(ContentReference content, IProgress<long>? progress, CancellationToken cancellationToken)
    {
        Check(content);
        var file = await OpenFileAsync(content, new DownloadRequest(RequestPurpose.Update, content, progress), cancellationToken);
        _readers.Use(file);
        LearnOrigin(content);
        var lease = new ContentLease(file, _open.Tampered, _coordinator.Release);
        progress?.Report(lease.Size);
        return lease;
    }

    /// <inheritdoc/>
    public Task<IContentReader> OpenAsync(ContentReference content, CancellationToken cancellationToken)
    {
        Check(content);
        return _readers.OpenAsync(content, cancellationToken);
    }

    /// <inheritdoc/>
    public async Task<IContentReader?> TryOpenAsync(Sha256Digest digest, CancellationToken cancellationToken)
    {
        OpenCache();
        return await _readers.TryOpenAsync(digest, digest.ToString(), cancellationToken);
    }

    /// <inheritdoc/>
    /// <remarks>The content of an address is remembered for <see cref="ContentOptions.AddressLifetime"/>. A source that does not state the size is refused.</remarks>
    public async Task<IContentReader> OpenAsync(Uri address, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(address);
        OpenCache();
        return await _readers.OpenAsync(address, cancellationToken);
    }

    /// <inheritdoc/>
    public async Task<RetainedContent> RetainAsync(ContentReference content, DateTimeOffset until, IProgress<long>? progress, CancellationToken cancellationToken)
    {
        Check(content);
        OpenCache();
        _retention.Claim(content);
        try
        {
            var file = await OpenFileAsync(content, new DownloadRequest(RequestPurpose.Hold, content, progress), cancellationToken);
            try
            {
                var retained = new RetainedContent(content.Digest, content.Size, until);
                _retention.Put(retained);
                LearnOrigin(content);
                progress?.Report(content.Size);
                return retained;
            }
            catch (Exception e) when (DiskErrors.IsDiskError(e))
            {
                throw DiskErrors.Of(e, $"the record of the retained content {content.Digest}", _folder.Root);
            }
            finally
            {
                _coordinator.Release(file);
            }
        }
        finally
        {
            _retention.Unclaim(content.Digest);
        }
    }

    /// <inheritdoc/>
    public bool Release(Sha256Digest digest)
    {
        OpenCache();
        return _retention.Release(digest);
    }

    /// <summary>Lists the content that is complete.</summary>
    internal IReadOnlyList<Sha256Digest> Present()
    {
        OpenCache();
        return _directory.Complete;
    }

    /// <summary>Reads and hashes content that is not in use, and deletes it if its digest is wrong.</summary>
    /// <returns>Its size in bytes if it is valid; 0 if it is gone, in use, or damaged.</returns>
    internal async Task<long> CheckAsync(Sha256Digest digest, CancellationToken cancellationToken)
    {
        var request = new DownloadRequest(RequestPurpose.Check);
        if (_coordinator.JoinIfPresent(digest, request) is not { } join)
        {
            return 0;
        }

        if (join.File is { } file)
        {
            _coordinator.Release(file);
            return 0;
        }

        if (!join.Joined)
        {
            return 0;
        }

        if (!join.Download!.Plan.OnlyCheck)
        {
            _coordinator.Leave(join.Download, request);
            return 0;
        }

        try
        {
            return (await join.Download.Result.WaitAsync(cancellationToken)).Size;
        }
        catch (ContentException)
        {
            return 0; // already logged and counted
        }
        finally
        {
            _coordinator.Leave(join.Download, request);
        }
    }

    /// <summary>Ends all downloads without waiting for them. Their partial files stay on disk.</summary>
    public void Dispose()
    {
        Array.ForEach(_coordinator.Close(), f => f.Cancel());
        _idle.Dispose();
    }

    /// <summary>Ends all downloads and waits until nothing is written.</summary>
    public async ValueTask DisposeAsync()
    {
        Array.ForEach(_coordinator.Close(), f => f.Cancel());
        await SettleAsync();
        _idle.Dispose();
    }

    /// <summary>Waits for the end of all downloads that run now.</summary>
    internal async Task SettleAsync()
    {
        foreach (var download in _coordinator.Running())
        {
            await download.Ended.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private static void Check(ContentReference content)
    {
        ArgumentNullException.ThrowIfNull(content);
        ArgumentOutOfRangeException.ThrowIfLessThan(content.Size, 1, nameof(content));
    }

    /// <summary>Remembers the content of an address as an update, or its prefetch, states it.</summary>
    private void LearnOrigin(ContentReference content)
    {
        if (content.Origin is { } origin && AddressKey.Of(origin) is var key && _addresses.Find(key)?.Digest != content.Digest)
        {
            _addresses.Learn(key, content.Digest, content.Size, content.Digest.ToString(), null);
        }
    }

    /// <summary>Makes content present and opens it.</summary>
    /// <returns>The file, with one more reference for the caller.</returns>
    private async Task<VerifiedFile> OpenFileAsync(ContentReference content, DownloadRequest request, CancellationToken cancellationToken)
    {
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var (open, download, joined, isNew) = _coordinator.Board(request);
            if (open is not null)
            {
                return _readers.OfSize(open, content.Size);
            }

            if (!joined)
            {
                await download!.Ended.WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                continue;
            }

            try
            {
                var file = await download!.Result.WaitAsync(cancellationToken);
                _coordinator.Hold(file);
                return _readers.OfSize(file, content.Size);
            }
            catch (ContentException) when (!isNew && (download!.Plan.OnlyCheck || download.Plan.Content != content))
            {
                // The download failed with the size or address of another request; this one may succeed.
            }
            finally
            {
                _coordinator.Leave(download!, request);
            }
        }
    }

    private void OpenCache()
    {
        try
        {
            _directory.Open();
        }
        catch (Exception e) when (DiskErrors.IsDiskError(e))
        {
            throw new ContentException(ContentFailure.Disk, $"The content store {_folder.Root} cannot be opened: {e.Message}", e);
        }
    }
}
