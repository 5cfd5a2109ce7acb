using System.Text.Json.Nodes;
using EdgeGateway.Simulators.IotHub.Registry;

namespace EdgeGateway.Scenarios.Site;

/// <summary>Follows the twin of one microcontroller at the hub and remembers each state it was in.</summary>
internal sealed class TwinWatch
{
    private readonly Lock _lock = new();
    private readonly List<TwinState> _history = [];
    private readonly List<TwinState> _reports = [];
    private readonly ChangeSignal _changed = new();
    private readonly HubIdentity _identity;

    public TwinWatch(HubIdentity identity)
    {
        _identity = identity;
        identity.Twin.Changed += Note;
        identity.Twin.ReportAccepted += Keep;
        Note();
    }

    public string Id => _identity.Name.DeviceId;

    public HubIdentity Identity => _identity;

    public TwinState Now => new(_identity.Twin.Reported);

    /// <summary>Every state so far, oldest first.</summary>
    public IReadOnlyList<TwinState> History
    {
        get
        {
            lock (_lock)
            {
                return [.. _history];
            }
        }
    }

    /// <summary>Every patch that was reported so far, oldest first.</summary>
    public IReadOnlyList<TwinState> Reports
    {
        get
        {
            lock (_lock)
            {
                return [.. _reports];
            }
        }
    }

    /// <summary>Waits until the twin is as wanted.</summary>
    public Task<TwinState> WaitAsync(Func<TwinState, bool> wanted) => _changed.WaitAsync(
        () => Now is var now && wanted(now) ? now : null,
        () => $"the twin of {Id} did not become what was wanted; it is {Now}");

    /// <summary>How often the twin came to be so, after it was not.</summary>
    public int Times(Func<TwinState, bool> so)
    {
        var states = History.Select(so).ToList();
        return states.Where((now, i) => now && (i == 0 || !states[i - 1])).Count();
    }

    private void Keep(JsonObject patch)
    {
        lock (_lock)
        {
            _reports.Add(new TwinState(patch));
        }
    }

    private void Note()
    {
        lock (_lock)
        {
            _history.Add(Now);
        }

        _changed.Raise();
    }
}
