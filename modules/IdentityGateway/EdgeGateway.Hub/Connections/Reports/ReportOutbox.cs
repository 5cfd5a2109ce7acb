using System.Text.Json.Nodes;
using EdgeGateway.Hub.Connections.Sessions;
using EdgeGateway.Hub.Connections.Stores;
using Microsoft.Extensions.Logging;

namespace EdgeGateway.Hub.Connections.Reports;

/// <summary>
/// Keeps what an identity has still to report, in memory and on disk. A milestone is on disk before it is sent, and removed there before the next
/// message is sent. Other reports are written only where they wait for long, and at the end: they are made again after a restart.
/// </summary>
/// <remarks>
/// Thread-safe. Only the caller that reports a milestone waits for the disk, in a lock that no other report takes. One writer sends at a time.
/// </remarks>
internal sealed partial class ReportOutbox : IDisposable
{
    private readonly DeviceIdentity _identity;
    private readonly ReportFile? _file;
    private readonly ReportQueue _queue;
    private readonly HubMetrics _metrics;
    private readonly ILogger _log;
    private readonly TimeSpan _delay;
    private readonly Lock _lock = new();
    private readonly Lock _saving = new(); // held while a file is written; never by a caller that only changes memory
    private readonly ITimer _timer;
    private readonly IDisposable _watched;
    private long _saved; // revision on disk
    private bool _hasContent; // the file has reports
    private bool _isArmed;
    private bool _isClosed;

    /// <param name="identity">Whose reports.</param>
    /// <param name="options">Bounds and pace.</param>
    /// <param name="file">Where they are kept; null for memory only.</param>
    /// <param name="time">The clock.</param>
    /// <param name="metrics">Counters.</param>
    /// <param name="log">Log.</param>
    public ReportOutbox(DeviceIdentity identity, HubOptions options, ReportFile? file, TimeProvider time, HubMetrics metrics, ILogger log)
    {
        (_identity, _file, _metrics, _log, _delay) = (identity, file, metrics, log, options.OutboxDelay);
        _queue = new ReportQueue(options.OutboxMaxMilestones, options.OutboxMaxBytes, time);
        _timer = time.CreateTimer(_ => SaveLate(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        if (file?.Load() is { } kept)
        {
            _queue.Load(kept);
            _hasContent = kept.Segments.Count > 0;
            if (_hasContent)
            {
                LogLoaded(identity, kept.Segments.Count);
            }
        }

        _watched = metrics.Watch(() => _queue.Backlog);
    }

    /// <summary>Gets a signal that is set where there may be something new to send.</summary>
    public AsyncSignal Changed { get; } = new();

    /// <inheritdoc cref="ReportQueue.HasWork"/>
    public bool HasWork => _queue.HasWork;

    /// <inheritdoc cref="ReportQueue.Backlog"/>
    public ReportBacklog Backlog => _queue.Backlog;

    /// <summary>Adds a patch. A milestone is on disk when the call returns.</summary>
    public void Add(JsonObject patch, ReportMilestone? milestone)
    {
        foreach (var key in _queue.Add(patch, milestone))
        {
            _metrics.MilestoneFolded();
            LogFolded(_identity, key);
        }

        OnMore(mustSave: milestone is not null);
    }

    /// <summary>Sets the whole state of one component.</summary>
    public void Set(string component, JsonObject state)
    {
        if (_queue.Set(component, state))
        {
            OnMore(mustSave: false);
        }
    }

    /// <inheritdoc cref="ReportQueue.WhenAcknowledged"/>
    public Task WhenAcknowledged() => _queue.WhenAcknowledged();

    /// <inheritdoc cref="ReportQueue.FailWaiters"/>
    public void FailWaiters(HubException why) => _queue.FailWaiters(why);

    /// <inheritdoc cref="ReportQueue.Next"/>
    public JsonObject? Next() => _queue.Next();

    /// <inheritdoc cref="ReportQueue.SplitFirst"/>
    public void SplitFirst() => _queue.SplitFirst();

    /// <inheritdoc cref="ReportQueue.PutBack"/>
    public bool PutBack(bool mayHaveArrived) => _queue.PutBack(mayHaveArrived);

    /// <inheritdoc cref="ReportQueue.OnTwinAsked"/>
    public void OnTwinAsked() => _queue.OnTwinAsked();

    /// <inheritdoc cref="ReportQueue.After"/>
    public JsonObject After(JsonObject reported) => _queue.After(reported);

    /// <summary>Removes the message that the hub has acknowledged.</summary>
    public void Acknowledge() => OnFewer(_queue.Acknowledge());

    /// <summary>Removes the message that the hub will never take.</summary>
    public void Drop(HubException why) => OnFewer(_queue.Drop(why));

    /// <inheritdoc cref="ReportQueue.OnTwin"/>
    public void OnTwin(JsonObject reported)
    {
        if (_queue.OnTwin(reported) is var known && known > 0)
        {
            LogKnown(_identity, known);
            Save();
        }

        Changed.Set();
    }

    /// <inheritdoc cref="ReportQueue.Align"/>
    public void Align(JsonObject reported)
    {
        _queue.Align(reported);
        Changed.Set();
    }

    /// <summary>Writes what is not written yet, and nothing after that.</summary>
    public void Close()
    {
        if (NeedsFile())
        {
            Save();
        }

        lock (_lock)
        {
            _isClosed = true;
        }

        _timer.Dispose();
        _watched.Dispose();
    }

    public void Dispose() => Close();

    private void OnMore(bool mustSave)
    {
        if (mustSave)
        {
            Save();
        }
        else
        {
            Arm(again: false);
        }

        Changed.Set();
    }

    /// <summary>Fewer reports wait: the file may say so later, unless a milestone is gone or nothing waits anymore.</summary>
    private void OnFewer(bool milestone)
    {
        if (milestone || (_queue.IsEmpty && _hasContent))
        {
            Save();
        }
        else
        {
            Arm(again: true);
        }
    }

    private void SaveLate()
    {
        lock (_lock)
        {
            _isArmed = false;
        }

        if (NeedsFile())
        {
            Save();
        }
    }

    private bool NeedsFile() => _hasContent || !_queue.IsEmpty;

    private void Save()
    {
        lock (_saving)
        {
            var revision = _queue.Revision;
            lock (_lock)
            {
                if (_file is null || _isClosed || revision == _saved)
                {
                    return;
                }
            }

            var kept = _queue.ToKept();
            if (_file.TrySave(kept))
            {
                lock (_lock)
                {
                    (_saved, _hasContent) = (revision, kept.Segments.Count > 0);
                }

                return;
            }
        }

        Arm(again: true);
    }

    private void Arm(bool again)
    {
        if (_file is null)
        {
            return;
        }

        lock (_lock)
        {
            if (!_isClosed && (again || !_isArmed))
            {
                _isArmed = NeedsFile();
                _timer.Change(_isArmed ? _delay : Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
            }
        }
    }

    [LoggerMessage(EventId = 2163, Level = LogLevel.Information, Message = "Outbox has reports of an earlier run. Identity={Identity} Parts={Count}")]
    private partial void LogLoaded(DeviceIdentity identity, int count);

    [LoggerMessage(EventId = 2164, Level = LogLevel.Information, Message = "Reports had arrived without an acknowledgment; they are not sent again. Identity={Identity} Count={Count}")]
    private partial void LogKnown(DeviceIdentity identity, int count);

    [LoggerMessage(EventId = 2165, Level = LogLevel.Warning,
        Message = "Outbox is full (Hub:OutboxMaxMilestones, Hub:OutboxMaxBytes); a report is merged into the next one. Identity={Identity} Key={Key}")]
    private partial void LogFolded(DeviceIdentity identity, string key);
}
