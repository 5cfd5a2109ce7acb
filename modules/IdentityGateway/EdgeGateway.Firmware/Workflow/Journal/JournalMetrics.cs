using System.Diagnostics.Metrics;

namespace EdgeGateway.Firmware.Workflow.Journal;

/// <summary>Counters of the journals, meter <c>EdgeGateway.Journal</c>: a disk that fails shows here first.</summary>
public sealed class JournalMetrics
{
    public const string MeterName = "EdgeGateway.Journal";

    private readonly Counter<long> _writes;
    private readonly Counter<long> _failures;

    public JournalMetrics(IMeterFactory meters)
    {
        ArgumentNullException.ThrowIfNull(meters);
        var meter = meters.Create(MeterName);
        _writes = meter.CreateCounter<long>("edgegateway.journal.writes", description: "States written to journals.");
        _failures = meter.CreateCounter<long>("edgegateway.journal.write_failures", description: "States that could not be written to a journal.");

        // there from the start, so that the first failure is a change
        _writes.Add(0);
        _failures.Add(0);
    }

    internal void Written() => _writes.Add(1);

    internal void Failed() => _failures.Add(1);
}
