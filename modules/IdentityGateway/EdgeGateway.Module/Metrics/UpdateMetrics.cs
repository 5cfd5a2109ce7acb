using System.Diagnostics.Metrics;
using EdgeGateway.Firmware.Workflow;
using EdgeGateway.Serial.Drivers;

namespace EdgeGateway.Module.Metrics;

/// <summary>Counts what updates do and cost, by class of microcontroller and line, never by microcontroller. Meter <c>EdgeGateway.Updates</c>.</summary>
internal sealed class UpdateMetrics
{
    public const string MeterName = "EdgeGateway.Updates";

    private readonly SeriesLimit _limit = new();
    private readonly Counter<long> _ended;
    private readonly Counter<long> _setbacks;
    private readonly Counter<long> _resumed;
    private readonly Counter<long> _payload;
    private readonly Counter<long> _retransmitted;
    private readonly Counter<long> _onLine;
    private readonly Histogram<double> _phases;
    private readonly Histogram<double> _rate;

    public UpdateMetrics(IMeterFactory meters)
    {
        var meter = meters.Create(MeterName);
        _ended = meter.CreateCounter<long>("edgegateway_updates", description: "Updates that ended, by outcome and reason.");
        _setbacks = meter.CreateCounter<long>(
            "edgegateway_update_setbacks", description: "Times an update was held up and waits, by phase and reason.");
        _resumed = meter.CreateCounter<long>(
            "edgegateway_transfers_resumed", description: "Transfers that went on with bytes the microcontroller held already.");
        _payload = meter.CreateCounter<long>("edgegateway_transfer_payload", "By", "Bytes of images that microcontrollers took.");
        _retransmitted = meter.CreateCounter<long>(
            "edgegateway_transfer_retransmitted", "By", "Bytes of images that were sent more than once.");
        _onLine = meter.CreateCounter<long>(
            "edgegateway_transfer_line", "By", "Bytes put on the line for transfers, with frames and repeats.");
        _phases = meter.CreateHistogram(
            "edgegateway_update_phase",
            "s",
            "Time spent in a phase of an update.",
            advice: new InstrumentAdvice<double>
            {
                HistogramBucketBoundaries = [0.01, 0.05, 0.1, 0.5, 1, 5, 10, 30, 60, 300, 600, 1800, 3600],
            });
        _rate = meter.CreateHistogram(
            "edgegateway_transfer_rate",
            "By/s",
            "Bytes of the image per second, of transfers that ran to their end.",
            advice: new InstrumentAdvice<double>
            {
                HistogramBucketBoundaries = [100, 300, 1000, 3000, 5000, 10_000, 30_000, 50_000, 100_000, 300_000, 1_000_000],
            });
    }

    /// <summary>Counts an update that has ended, as <see cref="McuStatus.Phase"/> says.</summary>
    public void Ended(McuStatus status, string line) =>
        _ended.Add(1, _limit.Apply(_ended, Class(status), Line(line), new("outcome", status.Phase.ToString()), Reason(status)));

    /// <summary>Counts an update that waits: an attempt failed, or the line or the microcontroller is absent.</summary>
    public void HeldUp(McuStatus status, UpdatePhase during, string line) =>
        _setbacks.Add(1, _limit.Apply(_setbacks, Class(status), Line(line), new("phase", during.ToString()), Reason(status)));

    /// <summary>Records how long a phase lasted.</summary>
    public void PhaseLeft(McuStatus status, UpdatePhase phase, TimeSpan duration, string line) =>
        _phases.Record(duration.TotalSeconds, _limit.Apply(_phases, Class(status), Line(line), new("phase", phase.ToString())));

    /// <summary>Counts what a transfer cost.</summary>
    public void Transferred(McuStatus status, TransferSummary cost, string line)
    {
        _payload.Add(cost.PayloadBytes, ByLine(_payload, status, line));
        _retransmitted.Add(cost.RetransmittedBytes, ByLine(_retransmitted, status, line));
        _onLine.Add(cost.LineBytes, ByLine(_onLine, status, line));
        if (cost.StartedAt > 0)
        {
            _resumed.Add(1, ByLine(_resumed, status, line));
        }

        if (cost.Duration > TimeSpan.Zero)
        {
            _rate.Record(cost.PayloadBytes / cost.Duration.TotalSeconds, ByLine(_rate, status, line));
        }
    }

    /// <summary>Returns the label of the class of a microcontroller.</summary>
    internal static KeyValuePair<string, object?> Class(McuStatus? status) => new("mcu_class", SeriesLimit.Cut(status?.Facts?.Model ?? "unknown"));

    internal static KeyValuePair<string, object?> Line(string line) => new("line", line);

    private KeyValuePair<string, object?>[] ByLine(Instrument metric, McuStatus status, string line) => _limit.Apply(metric, Class(status), Line(line));

    private static KeyValuePair<string, object?> Reason(McuStatus status) =>
        new("reason", status.Phase == UpdatePhase.Succeeded ? nameof(FailureReason.None) : status.LastError.ToString());
}

/// <summary>Groups phases for counting.</summary>
internal static class UpdatePhases
{
    /// <summary>Returns true where an update is at work or waits to go on.</summary>
    public static bool IsUnderWay(UpdatePhase phase) =>
        phase is not (UpdatePhase.Idle or UpdatePhase.Succeeded or UpdatePhase.Failed or UpdatePhase.Cancelled);
}
