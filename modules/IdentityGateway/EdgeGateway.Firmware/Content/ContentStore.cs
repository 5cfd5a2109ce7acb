using EdgeGateway.Firmware.Content.Files;
using EdgeGateway.Serial;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace EdgeGateway.Firmware.Content;

/// <summary>
/// The store of the gateway: one folder, one download a digest, every byte checked when it arrives, when it is opened and when it is read.
/// </summary>
/// <remarks>
/// Thread-safe. Content that somebody holds is open once, whatever the number of leases: hashed as a whole when the first lease opens it, and
/// no longer trusted when the last one is gone. Disposing ends the downloads; leases stay good.
/// </remarks>
public sealed partial class ContentStore : IContentStore, IDisposable, IAsyncDisposable
{
    private readonly Lock _lock = new();
    private readonly Dictionary<Sha256Digest, Flight> _flights = [];
    private readonly OpenFiles _open;
    private readonly ContentFolder _folder;
    private readonly ContentShelf _shelf;
    private readonly Downloader _downloader;
    private readonly ContentMetrics _metrics;
    private readonly ILogger _logger;
    private bool _disposed;

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
        (_metrics, _logger) = (metrics, logger);
        _folder = new ContentFolder(options.CurrentValue.Folder);
        _shelf = new ContentShelf(_folder, disk, options, metrics, logger);
        _open = new OpenFiles(_lock, _shelf, time, logger);
        _downloader = new Downloader(source, _folder, disk, options, time, random, metrics, logger);
    }

    /// <inheritdoc/>
    public async Task<IContentLease> AcquireAsync(ContentReference content, IProgress<long>? progress, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(content);
        ArgumentOutOfRangeException.ThrowIfLessThan(content.Size, 1, nameof(content));
        var lease = await LeaseAsync(content, progress, cancellationToken);
        progress?.Report(lease.Size);
        return lease;
    }

    /// <summary>Ends all downloads without waiting for them; their parts stay on disk.</summary>
    public void Dispose()
    {
        Array.ForEach(Close(), f => f.Cancel());
    }

    /// <summary>Ends all downloads, and waits until nothing is written any more.</summary>
    public async ValueTask DisposeAsync()
    {
        var flights = Close();
        Array.ForEach(flights, f => f.Cancel());
        foreach (var flight in flights)
        {
            await flight.Ended.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task<IContentLease> LeaseAsync(ContentReference content, IProgress<long>? progress, CancellationToken cancellationToken)
    {
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            Flight? flight;
            bool mine, joined;
            lock (_lock)
            {
                ObjectDisposedException.ThrowIf(_disposed, this);
                if (_open.TryGet(content.Digest, out var open))
                {
                    _metrics.Hit();
                    return _open.Lease(open, content);
                }

                mine = !_flights.TryGetValue(content.Digest, out flight);
                flight ??= Start(content);
                joined = !flight.Deserted;
                if (joined)
                {
                    flight.Join(progress);
                }
            }

            if (!joined)
            {
                await flight.Ended.WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                continue;
            }

            try
            {
                var file = await flight.Result.WaitAsync(cancellationToken);
                lock (_lock)
                {
                    return _open.Lease(file, content);
                }
            }
            catch (ContentException) when (!mine && flight.Content != content)
            {
                // It failed with somebody else's size or address; ours may be the right one.
            }
            finally
            {
                Leave(flight, progress);
            }
        }
    }

    private Flight[] Close()
    {
        lock (_lock)
        {
            _disposed = true;
            return [.. _flights.Values];
        }
    }

    private Flight Start(ContentReference content)
    {
        var flight = new Flight(content, new CancellationTokenSource());
        _flights.Add(content.Digest, flight);
        _ = Task.Run(() => FlyAsync(flight));
        return flight;
    }

    private async Task FlyAsync(Flight flight)
    {
        try
        {
            var file = await MakePresentAsync(flight);
            lock (_lock)
            {
                _flights.Remove(file.Digest);
                _open.Add(file); // held by the flight until its waiters have left
                flight.Succeed(file);
                if (flight.Waiters == 0)
                {
                    _open.Release(file);
                }
            }
        }
#pragma warning disable CA1031 // whatever it is belongs to those who wait
        catch (Exception e)
#pragma warning restore CA1031
        {
            var why = DiskProblem.IsDiskError(e) ? DiskProblem.Of(e, flight.Content, _folder.Root) : e;
            if (why is ContentException reason)
            {
                LogFailed(flight.Content.Digest, reason.Failure, reason.Message);
            }

            lock (_lock)
            {
                _flights.Remove(flight.Content.Digest);
                flight.Fail(why);
            }
        }
    }

    private async Task<VerifiedFile> MakePresentAsync(Flight flight)
    {
        var content = flight.Content;
        _shelf.Open();
        if (_shelf.TryPin(content.Digest))
        {
            if (OpenChecked(content.Digest, flight.Cancelled) is { } present)
            {
                _metrics.Hit();
                return present;
            }

            LogReplaced(content.Digest);
        }

        _metrics.Miss();
        _shelf.Reserve(content);
        try
        {
            await _downloader.RunAsync(content, flight.Report, flight.Cancelled);
        }
        catch
        {
            _shelf.Abandon(content.Digest);
            throw;
        }

        _shelf.Complete(content);
        return OpenChecked(content.Digest, flight.Cancelled)
            ?? throw new ContentException(ContentFailure.Disk, $"Content {content.Digest} was written below {_folder.Root} and reads back different: the disk is broken.");
    }

    /// <summary>Opens pinned content; deletes it if it is not what its name says.</summary>
    private VerifiedFile? OpenChecked(Sha256Digest digest, CancellationToken cancellationToken)
    {
        try
        {
            var file = VerifiedFile.Open(_folder.FileOf(digest), digest, cancellationToken);
            if (file is null)
            {
                _shelf.Discard(digest);
            }

            return file;
        }
        catch
        {
            _shelf.Unpin(digest);
            throw;
        }
    }

    private void Leave(Flight flight, IProgress<long>? progress)
    {
        bool deserted;
        lock (_lock)
        {
            flight.Leave(progress);
            deserted = flight.Deserted;
            if (flight is { Waiters: 0, Result.IsCompletedSuccessfully: true })
            {
                _open.Release(flight.Result.Result);
            }
        }

        if (deserted)
        {
            LogDeserted(flight.Content.Digest);
            flight.Cancel();
        }
    }
}
