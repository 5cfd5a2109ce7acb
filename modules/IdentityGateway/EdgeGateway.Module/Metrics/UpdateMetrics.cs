using System.Diagnostics.Metrics;
using EdgeGateway.Firmware.Workflow;
using EdgeGateway.Serial.Drivers;

namespace EdgeGateway.Module.Metrics;

/// <summary>What updates do and cost, by class of microcontroller and line; never by microcontroller. Meter <c>EdgeGateway.Updates</c>.</summary>
internal sealed class UpdateMetrics
{
    public const string MeterName = "EdgeGateway.Updates";

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
        _phases = meter.CreateHistogram<double>("edgegateway_update_phase", "s", "Time spent in a phase of an update.");
        _rate = meter.CreateHistogram(
            "edgegateway_transfer_rate",
            "By/s",
            "Bytes of the image per second, of transfers that ran to their end.",
            advice: new InstrumentAdvice<double>
            {
                HistogramBucketBoundaries = [100, 300, 1000, 3000, 5000, 10_000, 30_000, 50_000, 100_000, 300_000, 1_000_000],
            });
    }

    /// <summary>An update ended, as <see cref="McuStatus.Phase"/> says.</summary>
    public void Ended(McuStatus status, string line) => _ended.Add(
        1, Class(status), Line(line), new("outcome", status.Phase.ToString()), Reason(status));

    /// <summary>An attempt failed, or line or microcontroller are absent.</summary>
    public void HeldUp(McuStatus status, UpdatePhase during, string line) => _setbacks.Add(
        1, Class(status), Line(line), new("phase", during.ToString()), Reason(status));

    public void PhaseLeft(McuStatus status, UpdatePhase phase, TimeSpan duration, string line) => _phases.Record(
        duration.TotalSeconds, Class(status), Line(line), new("phase", phase.ToString()));

    public void Transferred(McuStatus status, TransferSummary cost, string line)
    {
        var (model, port) = (Class(status), Line(line));
        _payload.Add(cost.PayloadBytes, model, port);
        _retransmitted.Add(cost.RetransmittedBytes, model, port);
        _onLine.Add(cost.LineBytes, model, port);
        if (cost.StartedAt > 0)
        {
            _resumed.Add(1, model, port);
        }

        if (cost.Duration > TimeSpan.Zero)
        {
            _rate.Record(cost.PayloadBytes / cost.Duration.TotalSeconds, model, port);
        }
    }

    /// <summary>Label of the class of a microcontroller.</summary>
    internal static KeyValuePair<string, object?> Class(McuStatus? status) => new("mcu_class", status?.Facts?.Model ?? "unknown");

    internal static KeyValuePair<string, object?> Line(string line) => new("line", line);

    private static KeyValuePair<string, object?> Reason(McuStatus status) =>
        new("reason", status.Phase == UpdatePhase.Succeeded ? nameof(FailureReason.None) : status.LastError.ToString());
}

/// <summary>Tells phases apart for counting.</summary>
internal static class UpdatePhases
{
    /// <summary>True where an update is at work or waits to go on.</summary>
    public static bool IsUnderWay(UpdatePhase phase) =>
        phase is not (UpdatePhase.Idle or UpdatePhase.Succeeded or UpdatePhase.Failed or UpdatePhase.Cancelled);
}
