using EdgeGateway.Firmware.DeviceUpdate.Reporting;
using EdgeGateway.Firmware.Workflow;
using EdgeGateway.Serial.Drivers;

namespace EdgeGateway.Module.Metrics;

/// <summary>Counts what the workflow of one microcontroller reports, and passes it on.</summary>
/// <remarks>Each workflow gets its own: what a restart restores is not counted again.</remarks>
internal sealed class MeteredObserver(IWorkflowObserver next, UpdateMetrics metrics, string line, TimeProvider time) : IWorkflowObserver
{
    private readonly Lock _lock = new();
    private McuStatus? _last;
    private long _since;

    public void OnStatus(McuStatus status)
    {
        lock (_lock)
        {
            Count(status);
        }

        next.OnStatus(status);
    }

    public void OnAgentReport(McuId id, AgentReport report) => next.OnAgentReport(id, report);

    public void OnAcknowledged(McuId id, ServiceAcknowledgement acknowledgement) => next.OnAcknowledged(id, acknowledgement);

    public void OnFacts(McuId id, McuFacts facts) => next.OnFacts(id, facts);

    private void Count(McuStatus status)
    {
        var last = _last;
        _last = status;
        if (last is null)
        {
            _since = time.GetTimestamp();
            return;
        }

        var wasUnderWay = UpdatePhases.IsUnderWay(last.Phase);
        if (status.Transfer is { } cost && wasUnderWay && cost != last.Transfer)
        {
            metrics.Transferred(status, cost, line);
        }

        if (status.Phase == last.Phase)
        {
            return;
        }

        if (wasUnderWay)
        {
            metrics.PhaseLeft(status, last.Phase, time.GetElapsedTime(_since), line);
            if (status.Phase is UpdatePhase.Succeeded or UpdatePhase.Failed or UpdatePhase.Cancelled)
            {
                metrics.Ended(status, line);
            }
            else if (status.Phase is UpdatePhase.WaitingToRetry or UpdatePhase.WaitingForMcu)
            {
                metrics.HeldUp(status, last.Phase, line);
            }
        }

        _since = time.GetTimestamp();
    }
}
