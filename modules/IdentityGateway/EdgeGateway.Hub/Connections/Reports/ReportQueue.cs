using System.Text.Json.Nodes;
using EdgeGateway.Hub.Connections.Stores;

namespace EdgeGateway.Hub.Connections.Reports;

/// <summary>
/// What is still to be reported, in stretches that each end with a milestone, and who waits for it. Outlives connections and, written to disk by its
/// owner, the process. What may have reached the hub without an acknowledgement is held back until the twin tells.
/// </summary>
/// <remarks>Thread-safe.</remarks>
internal sealed class ReportQueue(int maxMilestones, long maxBytes, TimeProvider time)
{
    /// <summary>Milestones whose keys are remembered after they were delivered.</summary>
    private const int MaxKnown = 64;

    private readonly Lock _lock = new();
    private readonly LinkedList<ReportSegment> _segments = [];
    private readonly LinkedList<JsonObject> _messages = []; // of the first segment, while it is on its way
    private readonly List<JsonObject> _acknowledgedWhileReading = [];
    private readonly Queue<string> _known = new();
    private readonly ReportWaiters _waiters = new();
    private readonly ComponentStates _states = new();
    private long _added;
    private bool _isReading;
    private bool _twinWasRead;
    private bool _inDoubt;

    /// <summary>Number that grows with each change of what is to be kept.</summary>
    public long Revision { get; private set; }

    /// <summary>True where nothing waits.</summary>
    public bool IsEmpty
    {
        get
        {
            lock (_lock)
            {
                return _segments.Count == 0;
            }
        }
    }

    /// <summary>True where something may be sent now.</summary>
    public bool HasWork
    {
        get
        {
            lock (_lock)
            {
                return _segments.Count > 0 && !IsBlocked;
            }
        }
    }

    /// <summary>How much waits.</summary>
    public ReportBacklog Backlog
    {
        get
        {
            lock (_lock)
            {
                return new ReportBacklog(
                    _segments.Count(s => s.Milestone is not null), Size(), _segments.Count == 0 ? null : _segments.Min(s => s.At));
            }
        }
    }

    private bool IsBlocked => _inDoubt && _messages.Count == 0 && _segments.Any(s => s.Milestone is not null);

    /// <summary>Takes what an earlier process left.</summary>
    public void Load(KeptReports kept)
    {
        lock (_lock)
        {
            foreach (var segment in kept.Segments.Select(ReportSegment.From).Where(s => !s.Content.IsEmpty))
            {
                segment.Upto = ++_added;
                _segments.AddLast(segment);
            }

            foreach (var key in kept.Known)
            {
                Remember(key);
            }

            _inDoubt = _segments.Count > 0;
        }
    }

    /// <summary>What must survive a restart.</summary>
    public KeptReports ToKept()
    {
        lock (_lock)
        {
            return new KeptReports(KeptReports.CurrentSchema, [.. _segments.Select(s => s.ToKept())], [.. _known]);
        }
    }

    /// <summary>Adds a patch; a milestone closes the stretch it is in.</summary>
    /// <returns>Keys of milestones that were merged into later ones because the queue is full; usually empty.</returns>
    public IReadOnlyList<string> Add(JsonObject patch, ReportMilestone? milestone)
    {
        lock (_lock)
        {
            Revision++;
            if (milestone is { Key: { } key })
            {
                if (_known.Contains(key))
                {
                    patch = ReportedState.Without(patch, milestone.Core);
                    milestone = null;
                }
                else
                {
                    Remember(key);
                }
            }

            if (patch.Count == 0)
            {
                return [];
            }

            var segment = Open();
            segment.Content.Add(patch);
            segment.Upto = ++_added;
            if (milestone is null)
            {
                return [];
            }

            segment.Milestone = milestone with { Core = (JsonObject)milestone.Core.DeepClone() };
            _inDoubt |= !_twinWasRead;
            return MakeRoom();
        }
    }

    /// <summary>Adds what brings the hub to the state of one component.</summary>
    /// <returns>False where nothing differs from what the hub has or will have.</returns>
    public bool Set(string component, JsonObject state)
    {
        lock (_lock)
        {
            return AddChanges(_states.Set(component, state));
        }
    }

    /// <summary>Compares the states of all components with the twin, and adds what the hub lacks.</summary>
    /// <param name="reported">The reported section as it was read.</param>
    public void Align(JsonObject reported)
    {
        lock (_lock)
        {
            AddChanges(_states.Align(After(reported)));
        }
    }

    /// <summary>Completes when everything added so far is acknowledged; fails where something of it was dropped.</summary>
    public Task WhenAcknowledged()
    {
        lock (_lock)
        {
            return _segments.Count == 0 ? Task.CompletedTask : _waiters.Add(_added);
        }
    }

    /// <summary>The message to send now; the same one until it is acknowledged, dropped or split, or everything is put back.</summary>
    public JsonObject? Next()
    {
        lock (_lock)
        {
            if (_messages.Count == 0 && !IsBlocked && _segments.First is { Value: var first })
            {
                foreach (var message in first.Content.Patches.SelectMany(ReportMessages.Split))
                {
                    _messages.AddLast(message);
                }
            }

            return _messages.First?.Value;
        }
    }

    /// <summary>The hub has the message.</summary>
    /// <returns>True where a milestone has arrived with it.</returns>
    public bool Acknowledge()
    {
        lock (_lock)
        {
            if (_isReading)
            {
                _acknowledgedWhileReading.Add(_messages.First!.Value);
            }

            return RemoveMessage(null);
        }
    }

    /// <summary>Removes the message that the hub will never take, and fails the tasks that wait for it.</summary>
    /// <returns>True where a milestone has gone with it.</returns>
    public bool Drop(HubException why)
    {
        lock (_lock)
        {
            return RemoveMessage(why);
        }
    }

    /// <summary>Sends each property of the message alone, to lose only the one that the hub refuses.</summary>
    public void SplitFirst()
    {
        lock (_lock)
        {
            var message = _messages.First!.Value;
            _messages.RemoveFirst();
            foreach (var single in ReportMessages.SplitEach(message).Reverse())
            {
                _messages.AddFirst(single);
            }
        }
    }

    /// <summary>Takes back what was not acknowledged; it is folded with what came since, so that only the newest values are sent.</summary>
    /// <param name="mayHaveArrived">True where the hub may have it all the same.</param>
    /// <returns>True where a milestone is in doubt: the twin must be read before anything is sent.</returns>
    public bool PutBack(bool mayHaveArrived)
    {
        lock (_lock)
        {
            if (_messages.Count == 0)
            {
                return false;
            }

            Revision++;
            var first = _segments.First!.Value;
            if (first.Milestone is null && _segments.First.Next is { Value: var second })
            {
                second.Prepend(_messages, first.At);
                _segments.RemoveFirst();
            }
            else
            {
                first.Replace(_messages);
            }

            _messages.Clear();
            _inDoubt |= mayHaveArrived && first.Milestone is not null;
            return IsBlocked;
        }
    }

    /// <summary>The twin is asked for: what is acknowledged until its answer is here may be missing in it.</summary>
    public void OnTwinAsked()
    {
        lock (_lock)
        {
            _acknowledgedWhileReading.Clear();
            _isReading = true;
        }
    }

    /// <summary>The twin was read: what was in doubt is settled.</summary>
    /// <returns>Milestones that the hub has already.</returns>
    public int OnTwin(JsonObject reported)
    {
        lock (_lock)
        {
            _isReading = false;
            _twinWasRead = true;
            var settled = _inDoubt ? Settle(reported) : 0;
            _inDoubt = false;
            return settled;
        }
    }

    /// <summary>The reported section as it will be once everything has arrived.</summary>
    public JsonObject After(JsonObject reported)
    {
        lock (_lock)
        {
            return ReportedState.With(reported, [.. _acknowledgedWhileReading, .. _segments.SelectMany(s => s.Content.Patches)]);
        }
    }

    /// <summary>Fails all tasks that wait.</summary>
    public void FailWaiters(HubException why)
    {
        lock (_lock)
        {
            _waiters.Fail(why);
        }
    }

    /// <summary>Messages go in order: where the hub shows a milestone, it has all before it.</summary>
    private int Settle(JsonObject reported)
    {
        var waiting = _segments.Skip(_messages.Count > 0 ? 1 : 0).ToList();
        var last = waiting.FindLastIndex(s => s.Milestone is { Core: var core } && ReportedState.Contains(reported, core));
        if (last < 0)
        {
            return 0;
        }

        Revision++;
        waiting.GetRange(0, last + 1).ForEach(s => _segments.Remove(s));
        if (ReportedState.Remainder(reported, waiting[last].Content.Patches) is { } rest)
        {
            var into = last + 1 < waiting.Count ? waiting[last + 1] : Open();
            into.Prepend([rest], waiting[last].At);
            into.Upto = Math.Max(into.Upto, waiting[last].Upto);
        }
        else
        {
            _waiters.Complete(waiting[last].Upto);
        }

        return waiting.Take(last + 1).Count(s => s.Milestone is not null);
    }

    private bool AddChanges(JsonObject? patch)
    {
        if (patch is null)
        {
            return false;
        }

        Revision++;
        var segment = Open();
        segment.Content.Add(patch);
        segment.Upto = ++_added;
        return true;
    }

    private ReportSegment Open()
    {
        if (_segments.Last is { Value: { Milestone: null } last } && (_messages.Count == 0 || _segments.Count > 1))
        {
            return last;
        }

        return _segments.AddLast(new ReportSegment(time.GetUtcNow())).Value;
    }

    private List<string> MakeRoom()
    {
        var folded = new List<string>();
        while (_segments.Count(s => s.Milestone is not null) > maxMilestones || Size() > maxBytes)
        {
            var oldest = _messages.Count > 0 ? _segments.First!.Next : _segments.First;
            if (oldest?.Next is not { } next)
            {
                break;
            }

            next.Value.Prepend(oldest.Value.Content.Patches, oldest.Value.At);
            _segments.Remove(oldest);
            if (oldest.Value.Milestone is { } lost)
            {
                folded.Add(lost.Key ?? "");
            }
        }

        return folded;
    }

    private bool RemoveMessage(HubException? dropped)
    {
        Revision++;
        _messages.RemoveFirst();
        if (dropped is not null)
        {
            _waiters.Fail(dropped);
        }

        if (_messages.Count > 0)
        {
            return false;
        }

        var done = _segments.First!.Value;
        _segments.RemoveFirst();
        _waiters.Complete(done.Upto);
        return done.Milestone is not null;
    }

    private long Size() => _segments.Sum(s => s.Content.Patches.Sum(p => (long)ReportMessages.Serialize(p).Length));

    private void Remember(string key)
    {
        _known.Enqueue(key);
        if (_known.Count > MaxKnown)
        {
            _known.Dequeue();
        }
    }
}
