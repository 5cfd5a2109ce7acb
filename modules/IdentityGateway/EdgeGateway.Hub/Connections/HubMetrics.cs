using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace EdgeGateway.Hub.Connections;

/// <summary>Counters of everything that happens at the hub, over all identities. Meter <c>EdgeGateway.Hub</c>.</summary>
public sealed class HubMetrics : IDisposable
{
    /// <summary>Name of the meter.</summary>
    public const string MeterName = "EdgeGateway.Hub";

    private readonly Meter _meter = new(MeterName);
    private readonly UpDownCounter<int> _connected;
    private readonly Counter<long> _connects;
    private readonly Counter<long> _reconnects;
    private readonly Counter<long> _failures;
    private readonly Counter<long> _versionGaps;
    private readonly Counter<long> _reports;
    private readonly Counter<long> _reportsDropped;
    private readonly Counter<long> _messages;
    private readonly Counter<long> _folded;
    private readonly ConcurrentDictionary<Func<ReportBacklog>, byte> _outboxes = new();
    private readonly TimeProvider _time;

    public HubMetrics()
        : this(TimeProvider.System)
    {
    }

    /// <param name="time">For ages.</param>
    public HubMetrics(TimeProvider time)
    {
        _time = time;
        _connected = _meter.CreateUpDownCounter<int>("edgegateway_hub_connected", description: "Identities connected now.");
        _connects = _meter.CreateCounter<long>("edgegateway_hub_connects", description: "Connections the hub accepted.");
        _reconnects = _meter.CreateCounter<long>("edgegateway_hub_reconnects", description: "Connections of identities that were connected before.");
        _failures = _meter.CreateCounter<long>("edgegateway_hub_connection_failures", description: "Connections refused or lost, by reason.");
        _versionGaps = _meter.CreateCounter<long>("edgegateway_hub_twin_version_gaps", description: "Desired versions that were never pushed.");
        _reports = _meter.CreateCounter<long>("edgegateway_hub_reports", description: "Messages of reported properties acknowledged.");
        _reportsDropped = _meter.CreateCounter<long>("edgegateway_hub_reports_dropped", description: "Reported properties the hub refused.");
        _messages = _meter.CreateCounter<long>("edgegateway_hub_messages", description: "Telemetry messages acknowledged.");
        _folded = _meter.CreateCounter<long>(
            "edgegateway_hub_outbox_folded", description: "Ends of updates that were merged into later reports because the outbox was full.");
        _meter.CreateObservableGauge(
            "edgegateway_hub_outbox_bytes", () => Backlogs().Sum(b => b.Bytes), description: "Size of all that waits to be reported.");
        _meter.CreateObservableGauge(
            "edgegateway_hub_outbox_messages", () => Backlogs().Sum(b => b.Milestones), description: "Ends of updates that wait to be reported.");
        _meter.CreateObservableGauge(
            "edgegateway_hub_outbox_age", () => OldestAge().TotalSeconds, "s", "Age of the oldest report that waits; 0 where none does.");
    }

    public void Dispose() => _meter.Dispose();

    /// <param name="again">True where the identity was connected before.</param>
    internal void Connected(bool again)
    {
        _connected.Add(1);
        _connects.Add(1);
        if (again)
        {
            _reconnects.Add(1);
        }
    }

    internal void Disconnected() => _connected.Add(-1);

    internal void Failed(HubFailure failure) => _failures.Add(1, new KeyValuePair<string, object?>("reason", failure.ToString()));

    internal void VersionGap(long missing) => _versionGaps.Add(missing);

    internal void Reported() => _reports.Add(1);

    internal void ReportDropped() => _reportsDropped.Add(1);

    internal void Sent() => _messages.Add(1);

    internal void MilestoneFolded() => _folded.Add(1);

    /// <summary>Counts what waits at an identity, until the result is disposed.</summary>
    internal IDisposable Watch(Func<ReportBacklog> backlog)
    {
        _outboxes.TryAdd(backlog, 0);
        return new Watched(() => _outboxes.TryRemove(backlog, out _));
    }

    private IEnumerable<ReportBacklog> Backlogs() => _outboxes.Keys.Select(b => b());

    private TimeSpan OldestAge() =>
        Backlogs().Min(b => b.OldestAt) is { } oldest && _time.GetUtcNow() - oldest is { Ticks: > 0 } age ? age : TimeSpan.Zero;

    private sealed class Watched(Action end) : IDisposable
    {
        public void Dispose() => end();
    }
}
