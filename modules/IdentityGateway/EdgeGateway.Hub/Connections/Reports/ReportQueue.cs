using System.Text.Json.Nodes;

namespace EdgeGateway.Hub.Connections.Reports;

/// <summary>What is still to be reported, and who waits for it. Outlives connections.</summary>
/// <remarks>Thread-safe.</remarks>
internal sealed class ReportQueue
{
    private readonly Lock _lock = new();
    private readonly LinkedList<JsonObject> _messages = [];
    private readonly List<(long Upto, TaskCompletionSource Done)> _waiting = [];
    private PendingReport _pending = new();
    private long _added;
    private long _taken;

    /// <summary>Adds a patch.</summary>
    public void Add(JsonObject patch)
    {
        lock (_lock)
        {
            _pending.Add(patch);
            _added++;
        }
    }

    /// <summary>Completes when everything added so far is acknowledged; fails where something of it was dropped.</summary>
    public Task WhenAcknowledged()
    {
        lock (_lock)
        {
            if (_pending.IsEmpty && _messages.Count == 0)
            {
                return Task.CompletedTask;
            }

            var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _waiting.Add((_added, done));
            return done.Task;
        }
    }

    public bool IsEmpty
    {
        get
        {
            lock (_lock)
            {
                return _pending.IsEmpty && _messages.Count == 0;
            }
        }
    }

    /// <summary>The message to send now; the same one until it is acknowledged, dropped or split, or everything is put back.</summary>
    public JsonObject? Next()
    {
        lock (_lock)
        {
            if (_messages.Count == 0 && !_pending.IsEmpty)
            {
                foreach (var message in _pending.Patches.SelectMany(ReportMessages.Split))
                {
                    _messages.AddLast(message);
                }

                _pending = new PendingReport();
                _taken = _added;
            }

            return _messages.First?.Value;
        }
    }

    /// <summary>The hub has the message.</summary>
    public void Acknowledge() => RemoveFirst(null);

    /// <summary>The hub will never take the message; whoever waits is told.</summary>
    public void Drop(HubException why) => RemoveFirst(why);

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

    /// <summary>Folds what was taken and not acknowledged with what came since, so that only the newest values are sent.</summary>
    public void PutBack()
    {
        lock (_lock)
        {
            if (_messages.Count == 0)
            {
                return;
            }

            var folded = new PendingReport();
            foreach (var patch in _messages.Concat(_pending.Patches))
            {
                folded.Add(patch);
            }

            _messages.Clear();
            _pending = folded;
        }
    }

    /// <summary>Gives up waiting: everybody is told why.</summary>
    public void FailWaiters(HubException why)
    {
        lock (_lock)
        {
            Release(_ => true, why);
        }
    }

    private void RemoveFirst(HubException? dropped)
    {
        lock (_lock)
        {
            _messages.RemoveFirst();
            if (dropped is not null)
            {
                Release(_ => true, dropped);
            }
            else if (_messages.Count == 0)
            {
                Release(upto => upto <= _taken, null);
            }
        }
    }

    private void Release(Func<long, bool> which, HubException? why)
    {
        foreach (var (_, done) in _waiting.Where(w => which(w.Upto)))
        {
            if (why is null)
            {
                done.TrySetResult();
            }
            else
            {
                done.TrySetException(why);
            }
        }

        _waiting.RemoveAll(w => which(w.Upto));
    }
}
