using EdgeGateway.Content.Addresses;
using EdgeGateway.Content.Cache;
using Microsoft.Extensions.Logging;

namespace EdgeGateway.Content.Downloads;

/// <summary>Coordinates all downloads of the store: starts one where there is none, lets requests join, and ends it when the last one leaves.</summary>
/// <remarks>Thread-safe. Shares its lock with the open files, so that content passes from a download to an open file without a gap.</remarks>
internal sealed partial class DownloadCoordinator(
    Lock gate, OpenFiles open, CacheDirectory directory, ContentFetcher fetcher, CacheLayout folder, ContentMetrics metrics, ILogger<ContentStore> logger)
{
    private readonly Dictionary<Sha256Digest, Download> _downloads = [];
    private readonly ILogger _logger = logger;
    private bool _closed;

    /// <summary>Requests content; starts a download if necessary.</summary>
    public JoinResult Board(DownloadRequest request)
    {
        var content = request.Content!;
        return Board(content.Digest, request, () => new DownloadPlan(content.Digest, content, null, content.Origin is { } origin ? AddressKey.Of(origin) : null)
        {
            Ahead = request.Kind == RequestPurpose.Hold,
        });
    }

    /// <summary>Requests the content of an address from any download that provides it.</summary>
    public JoinResult Board(Uri address, Sha256Digest key, DownloadRequest request)
    {
        lock (gate)
        {
            var named = _downloads.Values.FirstOrDefault(f => f.Plan is { Content: not null, OnlyCheck: false } && f.Plan.AddressKey == key && f.Trusted && !f.Abandoned);
            return JoinDownload(named?.Name ?? key, request, () => new DownloadPlan(key, null, address, key));
        }
    }

    /// <summary>Requests content that is present or being downloaded.</summary>
    /// <returns>Null if it is neither.</returns>
    public JoinResult? JoinIfPresent(Sha256Digest digest, DownloadRequest request)
    {
        directory.Open();
        lock (gate)
        {
            ObjectDisposedException.ThrowIf(_closed, typeof(ContentStore));
            if (open.TryReference(digest) is { } file)
            {
                return Hit(file, request);
            }

            if (_downloads.TryGetValue(digest, out var download) && download is { Plan.Content: { } wanted })
            {
                return JoinDownload(digest, request, () => throw new InvalidOperationException($"The download of {wanted.Digest} is running."));
            }

            return directory.SizeOf(digest) is > 0 and var size
                ? JoinDownload(digest, request, () => new DownloadPlan(digest, new ContentReference(digest, size, null), null, null) { OnlyCheck = true })
                : null;
        }
    }

    /// <summary>Leaves a download that was joined.</summary>
    public void Leave(Download download, DownloadRequest request)
    {
        bool deserted;
        lock (gate)
        {
            download.Leave(request);
            deserted = download.Abandoned;
            if (download is { Waiters: 0, Result.IsCompletedSuccessfully: true })
            {
                open.Release(download.Result.Result);
            }
        }

        if (deserted)
        {
            LogAbandoned(download.Name);
            download.Cancel();
        }
    }

    /// <summary>Adds a reference to a file that the caller already references, as a request of its download or otherwise.</summary>
    public void Hold(VerifiedFile file)
    {
        lock (gate)
        {
            open.Hold(file);
        }
    }

    /// <summary>Notes that a holder uses the content.</summary>
    public void Use(VerifiedFile file)
    {
        lock (gate)
        {
            open.Use(file);
        }
    }

    public void Release(VerifiedFile file)
    {
        lock (gate)
        {
            open.Release(file);
        }
    }

    public Download[] Running()
    {
        lock (gate)
        {
            return [.. _downloads.Values];
        }
    }

    /// <summary>Starts no more downloads.</summary>
    /// <returns>The running downloads.</returns>
    public Download[] Close()
    {
        lock (gate)
        {
            _closed = true;
            return [.. _downloads.Values];
        }
    }

    private JoinResult Board(Sha256Digest name, DownloadRequest request, Func<DownloadPlan> plan)
    {
        lock (gate)
        {
            ObjectDisposedException.ThrowIf(_closed, typeof(ContentStore));
            return open.TryReference(name) is { } file ? Hit(file, request) : JoinDownload(name, request, plan);
        }
    }

    private JoinResult Hit(VerifiedFile file, DownloadRequest request)
    {
        CountHit(request);
        return new JoinResult(file, null, false, false);
    }

    private JoinResult JoinDownload(Sha256Digest name, DownloadRequest request, Func<DownloadPlan> plan)
    {
        ObjectDisposedException.ThrowIf(_closed, typeof(ContentStore));
        var isNew = !_downloads.TryGetValue(name, out var download);
        download ??= Start(plan());
        var joined = !download.Abandoned && (request.Content is null || download.Plan.Content is not null);
        if (joined)
        {
            download.Join(request);
        }

        if (joined && !isNew)
        {
            CountHit(request);
        }

        return new JoinResult(null, download, joined, isNew);
    }

    private void CountHit(DownloadRequest request)
    {
        if (request.Kind is RequestPurpose.Update or RequestPurpose.Feed)
        {
            metrics.Hit();
        }
    }

    /// <summary>Tells whether another download may bring by address what this one brings by digest, or the reverse.</summary>
    private static bool BringsTheSame(DownloadPlan other, DownloadPlan plan) =>
        !other.OnlyCheck && plan.AddressKey is { } key && other.AddressKey == key && (other.Content is null) != (plan.Content is null);

    private Download Start(DownloadPlan plan)
    {
        var download = new Download(plan, new CancellationTokenSource());
        var ahead = plan.OnlyCheck ? null : _downloads.Values.FirstOrDefault(f => BringsTheSame(f.Plan, plan) && !f.Abandoned);
        var request = new DownloadRequest(RequestPurpose.Check);
        ahead?.Join(request);
        _downloads.Add(plan.Name, download);
        _ = Task.Run(() => RunAsync(download, ahead, request));
        return download;
    }

    private async Task RunAsync(Download download, Download? ahead, DownloadRequest request)
    {
        try
        {
            if (ahead is not null)
            {
                await WaitForAsync(ahead, request, download);
            }

            var (file, pin, tag) = await fetcher.BringAsync(download);
            lock (gate)
            {
                _downloads.Remove(download.Name);
                file = open.Add(file, pin); // the download keeps a reference until its requests have left
                if (download.Used)
                {
                    open.Use(file);
                }

                download.Succeed(file, tag);
                if (download.Waiters == 0)
                {
                    open.Release(file);
                }
            }
        }
#pragma warning disable CA1031 // every failure is reported to the requests
        catch (Exception e)
#pragma warning restore CA1031
        {
            var why = DiskErrors.IsDiskError(e) ? DiskErrors.Of(e, download.Plan.Describe(), folder.Root) : e;
            if (why is ContentException reason && !(download.Plan.OnlyCheck && reason.Failure == ContentFailure.NotFound))
            {
                LogFailed(download.Name, reason.Failure, reason.Message);
            }

            lock (gate)
            {
                _downloads.Remove(download.Name);
                download.Fail(why);
            }
        }
    }

    /// <summary>Waits for another download of the same address: if it brings the content, nothing is left to download.</summary>
    private async Task WaitForAsync(Download ahead, DownloadRequest request, Download download)
    {
        try
        {
            var begun = await ahead.DownloadProgress.BegunAsync(bytes: false, download.Cancelled);
            if (begun.Failure is null && (download.Plan.Content is not { } content || begun.Version?.Size == content.Size))
            {
                await ahead.Ended.WaitAsync(download.Cancelled).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
        finally
        {
            Leave(ahead, request);
        }
    }

    [LoggerMessage(3041, LogLevel.Warning, "Content is not available. Digest={Digest} Failure={Failure} Reason={Reason}")]
    private partial void LogFailed(Sha256Digest digest, ContentFailure failure, string reason);

    [LoggerMessage(3042, LogLevel.Information, "Download abandoned by its last request; received bytes are kept. Digest={Digest}")]
    private partial void LogAbandoned(Sha256Digest digest);
}

/// <summary>The result of a request.</summary>
/// <param name="File">The open file, with a reference for the caller; else null.</param>
/// <param name="Download">The download that brings it, where it is not open.</param>
/// <param name="Joined">Whether the request joined the download; if not, wait for its end and request again.</param>
/// <param name="IsNew">Whether the download was started for this request.</param>
internal readonly record struct JoinResult(VerifiedFile? File, Download? Download, bool Joined, bool IsNew);
