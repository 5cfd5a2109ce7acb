using System.Text.Json.Nodes;
using EdgeGateway.Hub.Connections.Sessions;
using EdgeGateway.Hub.Connections.Stores;
using Microsoft.Extensions.Logging;

namespace EdgeGateway.Hub.Connections.Reports;

/// <summary>
/// What an identity has still to report, in memory and on disk. A milestone is on disk before it is sent, and gone from there before the next message is.
/// All else is written only where it waits for long, and at the end: it is derived anew after a restart, so that a disk need not follow each percent.
/// </summary>
/// <remarks>Thread-safe. One writer sends at a time.</remarks>
internal sealed partial class ReportOutbox : IDisposable
{
    private readonly DeviceIdentity _identity;
    private readonly ReportFile? _file;
    private readonly ReportQueue _queue;
    private readonly HubMetrics _metrics;
    private readonly ILogger _log;
    private readonly TimeSpan _delay;
    private readonly Lock _writing = new();
    private readonly ITimer _timer;
    private readonly IDisposable _watched;
    private long _saved;
    private bool _isDirty;
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
            _isDirty = kept.Segments.Count > 0;
            LogLoaded(kept.Segments.Count);
        }

        _watched = metrics.Watch(() => _queue.Backlog);
    }

    /// <summary>Set where there may be something new to send.</summary>
    public AsyncSignal Changed { get; } = new();

    /// <inheritdoc cref="ReportQueue.HasWork"/>
    public bool HasWork => _queue.HasWork;

    /// <inheritdoc cref="ReportQueue.Backlog"/>
    public ReportBacklog Backlog => _queue.Backlog;

    /// <summary>Adds a patch; a milestone is on disk when this returns.</summary>
    public void Add(JsonObject patch, ReportMilestone? milestone)
    {
        foreach (var key in _queue.Add(patch, milestone))
        {
            _metrics.MilestoneFolded();
            LogFolded(_identity, key);
        }

        if (milestone is not null)
        {
            Save();
        }
        else
        {
            Arm(again: false);
        }

        Changed.Set();
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

    /// <summary>The hub has the message that was sent.</summary>
    public void Acknowledge() => OnFewer(_queue.Acknowledge());

    /// <summary>The hub will never take the message that was sent.</summary>
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

    /// <summary>Writes what is not written yet, and nothing after that.</summary>
    public void Close()
    {
        lock (_writing)
        {
            if (!_isClosed && (_isDirty || !_queue.IsEmpty))
            {
                Write();
            }

            _isClosed = true;
        }

        _timer.Dispose();
        _watched.Dispose();
    }

    public void Dispose() => Close();

    /// <summary>Less waits: the file need not say it at once, unless a milestone is gone or nothing waits any more.</summary>
    private void OnFewer(bool milestone)
    {
        if (milestone || (_queue.IsEmpty && _isDirty))
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
        lock (_writing)
        {
            _isArmed = false;
            if (!_isClosed && (_isDirty || !_queue.IsEmpty))
            {
                Write();
            }
        }
    }

    private void Save()
    {
        lock (_writing)
        {
            if (!_isClosed)
            {
                Write();
            }
        }
    }

    private void Write()
    {
        var revision = _queue.Revision;
        if (_file is null || revision == _saved)
        {
            return;
        }

        var kept = _queue.ToKept();
        if (_file.TrySave(kept))
        {
            _saved = revision;
            _isDirty = kept.Segments.Count > 0;
        }
        else
        {
            Arm(again: true);
        }
    }

    private void Arm(bool again)
    {
        if (_file is null)
        {
            return;
        }

        lock (_writing)
        {
            if (!_isClosed && (again || !_isArmed))
            {
                _isArmed = _isDirty || !_queue.IsEmpty;
                _timer.Change(_isArmed ? _delay : Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
            }
        }
    }

    private void LogLoaded(int count)
    {
        if (count > 0)
        {
            LogLoaded(_identity, count);
        }
    }

    [LoggerMessage(EventId = 2163, Level = LogLevel.Information, Message = "{Identity}: reports of an earlier run wait for the hub, in {Count} parts")]
    private partial void LogLoaded(DeviceIdentity identity, int count);

    [LoggerMessage(EventId = 2164, Level = LogLevel.Information, Message = "{Identity}: {Count} reports had arrived though nothing said so; they are not sent again")]
    private partial void LogKnown(DeviceIdentity identity, int count);

    [LoggerMessage(EventId = 2165, Level = LogLevel.Warning,
        Message = "{Identity}: too much waits for the hub (Hub:OutboxMaxMilestones, Hub:OutboxMaxBytes): report '{Key}' is folded into the next and is not told by itself")]
    private partial void LogFolded(DeviceIdentity identity, string key);
}
