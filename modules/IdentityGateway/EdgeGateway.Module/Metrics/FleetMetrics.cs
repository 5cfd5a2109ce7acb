using System.Diagnostics.Metrics;
using EdgeGateway.Hub.Connections;
using EdgeGateway.Module.Fleet;

namespace EdgeGateway.Module.Metrics;

/// <summary>Observes the fleet and the process at each scrape. Meter <c>EdgeGateway.Fleet</c>.</summary>
internal sealed class FleetMetrics : IMetricSource
{
    public const string MeterName = "EdgeGateway.Fleet";

    private readonly McuFleet _fleet;

    public FleetMetrics(McuFleet fleet, IMeterFactory meters)
    {
        _fleet = fleet;
        var meter = meters.Create(MeterName);
        meter.CreateObservableGauge(
            "edgegateway_mcus", () => By(u => ("link", $"{u.Status?.Link ?? default}")), description: "Microcontrollers by link state.");
        meter.CreateObservableGauge(
            "edgegateway_mcus_in_phase",
            () => By(u => ("phase", $"{u.Status?.Phase ?? default}")),
            description: "Microcontrollers by phase of their update.");
        meter.CreateObservableGauge(
            "edgegateway_hub_connections", Connections, description: "Connections of microcontrollers at the hub, by state.");
        meter.CreateObservableGauge(
            "edgegateway_build_info",
            () => new Measurement<int>(1, [new("version", ProductVersion.Text)]),
            description: "Always 1; the version is its label.");
        meter.CreateObservableGauge(
            "edgegateway_process_memory", () => Environment.WorkingSet, "By", "Resident memory of the process.");
        meter.CreateObservableCounter(
            "edgegateway_process_cpu", () => Environment.CpuUsage.TotalTime.TotalSeconds, "s", "Processor time of the process.");
    }

    private IReadOnlyList<Measurement<int>> By(Func<McuUnit, (string Name, string Value)> label) => SeriesLimit.Fold(
    [
        .. _fleet.Units
            .GroupBy(u => (Class: UpdateMetrics.Class(u.Status), u.Line, Label: label(u)))
            .Select(g => new Measurement<int>(
                g.Count(), g.Key.Class, UpdateMetrics.Line(g.Key.Line), new KeyValuePair<string, object?>(g.Key.Label.Name, g.Key.Label.Value))),
    ]);

    private IEnumerable<Measurement<int>> Connections() => Enum.GetValues<ConnectionState>().Select(state => new Measurement<int>(
        _fleet.Units.Count(u => (u.Connection?.State ?? ConnectionState.Stopped) == state),
        new KeyValuePair<string, object?>("state", state.ToString())));
}
