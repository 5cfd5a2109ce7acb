namespace EdgeGateway.Firmware.Workflow;

/// <summary>The state machine of an update: the one function that says which phase follows. docs/workflow.md shows it as a table.</summary>
public static class UpdateTransitions
{
    /// <summary>True where the update has ended.</summary>
    public static bool IsFinal(UpdatePhase phase) =>
        phase is UpdatePhase.Idle or UpdatePhase.Succeeded or UpdatePhase.Failed or UpdatePhase.Cancelled;

    /// <summary>True where the microcontroller may boot the new image, so that there is no cancel.</summary>
    public static bool IsCommitted(UpdatePhase phase) => phase is UpdatePhase.Activating or UpdatePhase.Confirming;

    /// <summary>True from the offer to the confirmation, when a restart would disturb the update.</summary>
    public static bool IsOnTheLine(UpdatePhase phase) =>
        phase is UpdatePhase.Offering or UpdatePhase.Transferring or UpdatePhase.Verifying || IsCommitted(phase);

    /// <summary>The phase that follows, or null where the event cannot happen in this phase.</summary>
    public static UpdatePhase? Next(UpdatePhase phase, UpdateEvent happened) => (phase, happened) switch
    {
        (_, UpdateEvent.Ordered) when IsFinal(phase) => UpdatePhase.Evaluating,
        (_, UpdateEvent.GatewayRestarted) when IsCommitted(phase) => UpdatePhase.Confirming,
        (_, UpdateEvent.GatewayRestarted) when !IsFinal(phase) => UpdatePhase.Evaluating,

        (UpdatePhase.Evaluating, UpdateEvent.Accepted) => UpdatePhase.Downloading,
        (UpdatePhase.Evaluating or UpdatePhase.WaitingForLine, UpdateEvent.AlreadyInstalled) => UpdatePhase.Succeeded,
        (UpdatePhase.Evaluating or UpdatePhase.WaitingForLine, UpdateEvent.FoundOnTrial) => UpdatePhase.Confirming,
        (UpdatePhase.Downloading, UpdateEvent.ContentPresent) => UpdatePhase.WaitingForLine,
        (UpdatePhase.WaitingForLine, UpdateEvent.LineGranted) => UpdatePhase.Offering,
        (UpdatePhase.Offering, UpdateEvent.Offered) => UpdatePhase.Transferring,
        (UpdatePhase.Transferring, UpdateEvent.Transferred) => UpdatePhase.Verifying,
        (UpdatePhase.Verifying, UpdateEvent.Verified) => UpdatePhase.Activating,
        (UpdatePhase.Activating, UpdateEvent.Activated) => UpdatePhase.Confirming,
        (UpdatePhase.Confirming, UpdateEvent.Confirmed) => UpdatePhase.Succeeded,
        (UpdatePhase.WaitingToRetry, UpdateEvent.RetryDue) => UpdatePhase.Evaluating,
        (UpdatePhase.WaitingForMcu, UpdateEvent.McuFound) => UpdatePhase.Evaluating,

        (_, UpdateEvent.AttemptFailed) when IsWorking(phase) => UpdatePhase.WaitingToRetry,
        (_, UpdateEvent.GaveUp) when IsWorking(phase) => UpdatePhase.Failed,
        (_, UpdateEvent.McuAbsent) when IsWorking(phase) && !IsCommitted(phase) => UpdatePhase.WaitingForMcu,
        (_, UpdateEvent.CancelOrdered) when !IsFinal(phase) && !IsCommitted(phase) => UpdatePhase.Cancelled,
        _ => null,
    };

    private static bool IsWorking(UpdatePhase phase) =>
        !IsFinal(phase) && phase is not (UpdatePhase.WaitingToRetry or UpdatePhase.WaitingForMcu);
}
