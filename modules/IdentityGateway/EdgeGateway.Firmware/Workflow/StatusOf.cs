using EdgeGateway.Firmware.Workflow.Journal;

namespace EdgeGateway.Firmware.Workflow;

/// <summary>Shows what the journal knows in the status.</summary>
internal static class StatusOf
{
    public static McuStatus Active(McuStatus status, ActiveUpdate active)
    {
        var isSuccess = active.Phase == UpdatePhase.Succeeded;
        var size = active.Target?.Size ?? 0;
        return status with
        {
            Phase = active.Phase,
            WorkflowId = active.Service.Workflow.Id,
            TargetVersion = active.Target?.Version,
            Attempt = active.Attempt,
            Size = size,
            Bytes = active.Phase switch
            {
                UpdatePhase.Succeeded => size,
                UpdatePhase.Evaluating or UpdatePhase.Downloading or UpdatePhase.WaitingForLine or UpdatePhase.Offering => 0,
                _ => Math.Min(status.Bytes, size),
            },
            BytesPerSecond = null,
            Remaining = null,
            NextRetryAt = null,
            LastError = isSuccess ? FailureReason.None : active.LastError,
            LastErrorText = isSuccess ? null : active.LastErrorText,
            ResumedAt = active.ResumedAt,
            Transfer = active.Transfer,
        };
    }

    /// <summary>After a restart of the gateway.</summary>
    public static McuStatus Finished(McuStatus status, FinishedUpdate finished) => status with
    {
        Phase = finished.Outcome,
        WorkflowId = finished.Order.Id,
        TargetVersion = finished.Target?.Version,
        Attempt = finished.Attempt,
        Size = finished.Target?.Size ?? 0,
        Bytes = finished.Outcome == UpdatePhase.Succeeded ? finished.Target?.Size ?? 0 : 0,
        LastError = finished.Reason,
        LastErrorText = finished.Text,
        ResumedAt = finished.ResumedAt,
        Transfer = finished.Transfer,
    };
}
