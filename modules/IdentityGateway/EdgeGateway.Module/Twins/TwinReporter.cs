using System.Text.Json.Nodes;
using EdgeGateway.Hub.Connections;

namespace EdgeGateway.Module.Twins;

/// <summary>
/// Collects what one identity has to report and sends it at most once per interval: patches verbatim, whole components as what differs from what
/// the hub has. Nothing final is lost: what is collected during the interval is sent at its end.
/// </summary>
/// <remarks>Thread-safe. The connection repeats what the hub has not acknowledged.</remarks>
internal sealed class TwinReporter : IAsyncDisposable
{
    private readonly IDeviceConnection _connection;
    private readonly TimeProvider _time;
    private readonly Func<TimeSpan> _interval;
    private readonly ITimer _timer;
    private readonly Lock _lock = new();
    private readonly Dictionary<string, JsonObject> _components = [];
    private readonly Dictionary<string, JsonObject> _sent = [];
    private readonly Dictionary<string, JsonObject> _atHub = [];
    private JsonObject _pending = [];
    private long? _sentAt;
    private bool _armed;
    private bool _disposed;

    /// <summary>Makes a reporter.</summary>
    /// <param name="connection">Where to report.</param>
    /// <param name="interval">Shortest time between two patches; asked each time, as it can be changed while the gateway runs.</param>
    /// <param name="time">The clock.</param>
    public TwinReporter(IDeviceConnection connection, Func<TimeSpan> interval, TimeProvider time)
    {
        (_connection, _interval, _time) = (connection, interval, time);
        _timer = time.CreateTimer(_ => OnTimer(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>
    /// Reports a patch as it is, equal or not to what the hub has: whoever listens to changes of the twin may need the whole of it.
    /// </summary>
    public void Patch(JsonObject patch)
    {
        lock (_lock)
        {
            JsonMergePatch.Combine(_pending, patch);
            Schedule();
        }
    }

    /// <summary>
    /// Reports a patch that must reach the hub in its place, now: together with what is collected, and whatever is reported later.
    /// </summary>
    /// <param name="patch">What it says.</param>
    /// <param name="key">Names it for ever; null where the same may be said again.</param>
    public void Milestone(JsonObject patch, string? key)
    {
        lock (_lock)
        {
            JsonMergePatch.Combine(_pending, patch);
            Send(new ReportMilestone(patch, key));
        }
    }

    /// <summary>
    /// Reports a component as a whole: what has changed is sent, what is no longer in <paramref name="state"/> is removed at the hub.
    /// </summary>
    public void Set(string component, JsonObject state)
    {
        lock (_lock)
        {
            _components[component] = (JsonObject)state.DeepClone();
            Schedule();
        }
    }

    /// <summary>Takes what the hub has, so that leftovers of an earlier run are removed and nothing is sent that it has already.</summary>
    public void OnTwin(JsonObject reported)
    {
        lock (_lock)
        {
            _atHub.Clear();
            foreach (var (name, value) in reported)
            {
                _atHub[name] = value as JsonObject ?? [];
            }

            Schedule();
        }
    }

    /// <summary>Sends what is collected, now, and waits for the hub to acknowledge it.</summary>
    public Task FlushAsync(CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            Send();
        }

        return _connection.FlushReportsAsync(cancellationToken);
    }

    public ValueTask DisposeAsync()
    {
        lock (_lock)
        {
            _disposed = true;
        }

        return _timer.DisposeAsync();
    }

    private void OnTimer()
    {
        lock (_lock)
        {
            _armed = false;
            Send();
        }
    }

    private void Schedule()
    {
        if (_disposed || _armed)
        {
            return;
        }

        var wait = _sentAt is { } sent ? _interval() - _time.GetElapsedTime(sent) : TimeSpan.Zero;
        if (wait <= TimeSpan.Zero)
        {
            Send();
        }
        else
        {
            _armed = true;
            _timer.Change(wait, Timeout.InfiniteTimeSpan);
        }
    }

    private void Send(ReportMilestone? milestone = null)
    {
        if (_disposed)
        {
            return;
        }

        var patch = _pending;
        foreach (var (name, state) in _components)
        {
            JsonMergePatch.Combine(patch, Changes(name, state));
            _sent[name] = state;
        }

        if (patch.Count > 0)
        {
            _pending = [];
            _sentAt = _time.GetTimestamp();
            _connection.Report(patch, milestone);
        }
    }

    /// <summary>
    /// What brings the hub to <paramref name="state"/>: seen from what was sent last, which may still be on its way, and from what the hub had
    /// when its twin was read.
    /// </summary>
    private JsonObject Changes(string name, JsonObject state)
    {
        var patch = new JsonObject();
        var known = _sent.TryGetValue(name, out var sent);
        if (_atHub.Remove(name, out var atHub) || !known)
        {
            AddChanges(patch, name, atHub ?? [], state);
        }

        if (known)
        {
            AddChanges(patch, name, sent!, state);
        }

        return patch;
    }

    private static void AddChanges(JsonObject patch, string name, JsonObject from, JsonObject to)
    {
        if (JsonMergePatch.Difference(from, to) is { } changes)
        {
            JsonMergePatch.Combine(patch, new JsonObject { [name] = changes });
        }
    }
}
