using System.Globalization;
using EdgeGateway.Content;

namespace EdgeGateway.Module.Prefetch;

/// <summary>
/// Downloads content before it is needed, one item after the other: the link serves updates first. Orders outlast a restart; what is
/// here is held by the store until it is used or its time is over.
/// </summary>
/// <remarks>Thread-safe.</remarks>
internal sealed partial class Prefetcher(IContentRetention retention, PrefetchFile file, TimeProvider time, ILogger<Prefetcher> logger) : BackgroundService
{
    /// <summary>Wait after the first failure; doubled at each further one.</summary>
    public static readonly TimeSpan FirstWait = TimeSpan.FromMinutes(1);

    /// <summary>Longest wait between two tries.</summary>
    public static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(30);

    /// <summary>Tries of content that no source has, or that is wrong; what cannot be reached is tried until its time is over.</summary>
    public const int MostTries = 5;

    private readonly ILogger<Prefetcher> _logger = logger;
    private readonly Lock _lock = new();
    private readonly PrefetchList _list = new(file.Read());
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private (Sha256Digest Digest, CancellationTokenSource End)? _fetching;
    private int _count;

    /// <summary>All entries as they stand now.</summary>
    public IReadOnlyList<PrefetchEntry> Entries
    {
        get
        {
            NoticeEnds();
            lock (_lock)
            {
                return _list.Entries;
            }
        }
    }

    /// <summary>Takes an order.</summary>
    /// <returns>Its id; null where the list is full.</returns>
    /// <exception cref="IOException">It cannot be noted.</exception>
    /// <exception cref="UnauthorizedAccessException">It cannot be noted.</exception>
    public string? Order(PrefetchOrder order)
    {
        var now = time.GetUtcNow();
        var id = string.Create(CultureInfo.InvariantCulture, $"prefetch-{now.UtcDateTime:yyyyMMdd'T'HHmmss'Z'}-{Interlocked.Increment(ref _count)}");
        return Add(id, order, order.Contents) ? id : null;
    }

    /// <summary>Brings what a lasting list asks for, such as that of the module twin, and lets go what it no longer asks for.</summary>
    /// <returns>False where the list is full.</returns>
    /// <exception cref="IOException">It cannot be noted.</exception>
    /// <exception cref="UnauthorizedAccessException">It cannot be noted.</exception>
    public bool Follow(string list, PrefetchOrder order)
    {
        var wanted = order.Contents.Select(c => c.Digest).ToHashSet();
        Drop(e => e.Operation == list && !wanted.Contains(e.Content.Digest));
        lock (_lock)
        {
            wanted.ExceptWith(_list.Entries.Where(e => e.Operation == list).Select(e => e.Content.Digest));
        }

        return wanted.Count == 0 || Add(list, order, [.. order.Contents.Where(c => wanted.Contains(c.Digest))]);
    }

    /// <summary>Ends an order: what is on its way stays behind, what is here is no longer held.</summary>
    /// <returns>Entries that were dropped.</returns>
    public int Cancel(string operation) => Drop(e => e.Operation == operation);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            var (next, changed, wait) = Next();
            if (next is not null)
            {
                await FetchAsync(next, stoppingToken);
                continue;
            }

            using var awake = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
            await Task.WhenAny(changed, Task.Delay(wait, time, awake.Token));
            await awake.CancelAsync(); // ends the delay
        }
    }

    private bool Add(string id, PrefetchOrder order, IReadOnlyList<ContentReference> contents)
    {
        var until = time.GetUtcNow() + TimeSpan.FromDays(order.Days);
        NoticeEnds();
        lock (_lock)
        {
            var before = _list.Entries;
            if (!_list.TryAdd([.. contents.Select(c => new PrefetchEntry(id, c, until))]))
            {
                return false;
            }

            try
            {
                file.Write(_list.Entries);
            }
            catch
            {
                _list.RemoveAll(_ => true);
                _list.TryAdd(before);
                throw;
            }

            Wake();
        }

        LogOrdered(id, contents.Count, contents.Sum(c => c.Size), until);
        return true;
    }

    private int Drop(Predicate<PrefetchEntry> which)
    {
        List<PrefetchEntry> dropped;
        lock (_lock)
        {
            dropped = [.. _list.Entries.Where(e => which(e))];
            _list.RemoveAll(which);
            if (dropped.Count > 0)
            {
                Note();
            }

            if (_fetching is { } now && dropped.Exists(e => e.Content.Digest == now.Digest))
            {
                now.End.Cancel();
            }
        }

        dropped.ForEach(e => Release(e.Content.Digest));
        return dropped.Count;
    }

    /// <summary>The entry whose turn it is, or how long to wait for one.</summary>
    private (PrefetchEntry? Next, Task Changed, TimeSpan Wait) Next()
    {
        NoticeEnds();
        lock (_lock)
        {
            var now = time.GetUtcNow();
            var open = _list.Entries.Where(e => e.IsOpen).ToList();
            var next = open.Find(e => e.NextAt is null || e.NextAt <= now);
            var wait = open.Min(e => e.NextAt) is { } at && at > now ? at - now : Timeout.InfiniteTimeSpan;
            if (_changed.Task.IsCompleted)
            {
                _changed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            }

            return (next, _changed.Task, wait);
        }
    }

    private async Task FetchAsync(PrefetchEntry entry, CancellationToken stoppingToken)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
        var digest = entry.Content.Digest;
        lock (_lock)
        {
            if (_list.Change(digest, e => e with { State = PrefetchState.Fetching }) is null)
            {
                return; // cancelled meanwhile
            }

            _fetching = (digest, end);
        }

        try
        {
            var progress = new PrefetchProgress(bytes => Change(digest, e => e with { Bytes = bytes }, note: false));
            await retention.RetainAsync(entry.Content, entry.Until, progress, end.Token);
            Change(digest, e => e with { State = PrefetchState.Held, Bytes = e.Content.Size, Message = null, Failures = 0, NextAt = null });
            LogHeld(entry.Operation, digest, entry.Content.Size);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Fail(entry, e as ContentException ?? new ContentException(ContentFailure.Disk, e.Message, e));
        }
        catch (OperationCanceledException) when (end.IsCancellationRequested)
        {
            // cancelled, or the gateway stops: the next run goes on
        }
        finally
        {
            bool dropped;
            lock (_lock)
            {
                _fetching = null;
                dropped = _list.Find(digest) is null;
            }

            if (dropped)
            {
                Release(digest); // in the moment it arrived
            }
        }
    }

    private void Fail(PrefetchEntry entry, ContentException error)
    {
        var digest = entry.Content.Digest;
        var failures = entry.Failures + 1;
        var hopeless = error.Failure is ContentFailure.NotFound or ContentFailure.WrongSize or ContentFailure.WrongDigest && failures >= MostTries;
        var next = time.GetUtcNow() + Backoff.Bound(failures, FirstWait, LongestWait);
        Change(digest, e => e with
        {
            State = hopeless ? PrefetchState.Failed : PrefetchState.Waiting,
            Message = error.Message,
            Failures = failures,
            NextAt = hopeless ? null : next,
        });
        if (hopeless)
        {
            LogFailed(entry.Operation, digest, error.Failure, error.Message);
        }
        else
        {
            LogPutOff(entry.Operation, digest, error.Failure, next, error.Message);
        }
    }

    private void Change(Sha256Digest digest, Func<PrefetchEntry, PrefetchEntry> change, bool note = true)
    {
        lock (_lock)
        {
            if (_list.Change(digest, change) is not null && note)
            {
                Note();
            }
        }
    }

    /// <summary>Takes note of holds that have ended, and of what did not come in time. The store is never asked under the lock.</summary>
    private void NoticeEnds()
    {
        List<PrefetchEntry> before;
        lock (_lock)
        {
            before = [.. _list.Entries.Where(e => e.State == PrefetchState.Held)];
        }

        var held = before.Count > 0 ? Held() : [];
        var now = time.GetUtcNow();
        lock (_lock)
        {
            foreach (var entry in before.Where(e => held is not null && !held.Contains(e.Content.Digest)))
            {
                _list.Change(entry.Content.Digest, e => e == entry ? e with { State = PrefetchState.Ended } : e);
            }

            foreach (var entry in _list.Entries.Where(e => e.State == PrefetchState.Waiting && e.Until <= now))
            {
                _list.Change(
                    entry.Content.Digest,
                    e => e with { State = PrefetchState.Failed, Message = e.Message ?? "its time was over before its turn came" });
            }
        }
    }

    /// <summary>What the store holds; null where its disk fails.</summary>
    private HashSet<Sha256Digest>? Held()
    {
        try
        {
            return [.. retention.Retained.Select(h => h.Digest)];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            LogStoreFails(e.Message);
            return null;
        }
    }

    private void Release(Sha256Digest digest)
    {
        try
        {
            retention.Release(digest);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            LogStoreFails(e.Message);
        }
    }

    private void Note()
    {
        try
        {
            file.Write(_list.Entries);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            LogNotNoted(e.Message);
        }
    }

    private void Wake() => _changed.TrySetResult();

    [LoggerMessage(4501, LogLevel.Information, "Prefetch {Operation}: {Files} files of {Bytes} bytes are fetched ahead and kept until {Until:u}")]
    private partial void LogOrdered(string operation, int files, long bytes, DateTimeOffset until);

    [LoggerMessage(4502, LogLevel.Information, "Prefetch {Operation}: content {Digest} of {Bytes} bytes is here")]
    private partial void LogHeld(string operation, Sha256Digest digest, long bytes);

    [LoggerMessage(4503, LogLevel.Warning, "Prefetch {Operation}: content {Digest} is not here ({Failure}), tried again at {NextAt:u}: {Reason}")]
    private partial void LogPutOff(string operation, Sha256Digest digest, ContentFailure failure, DateTimeOffset nextAt, string reason);

    [LoggerMessage(4504, LogLevel.Error, "Prefetch {Operation}: content {Digest} is given up ({Failure}): {Reason}")]
    private partial void LogFailed(string operation, Sha256Digest digest, ContentFailure failure, string reason);

    [LoggerMessage(4505, LogLevel.Warning, "Prefetch cannot save its list; a restart begins it again. Reason={Reason}")]
    private partial void LogNotNoted(string reason);

    [LoggerMessage(4506, LogLevel.Warning, "The store cannot tell what it retention, or let go of it: {Reason}")]
    private partial void LogStoreFails(string reason);
}
