using EdgeGateway.Firmware.Workflow.Journal;

namespace EdgeGateway.Firmware.Workflow.Failures;

/// <summary>Decides what follows from a failure: another attempt, a wait for the microcontroller, or the end.</summary>
internal static class AttemptLimits
{
    /// <param name="active">The update as it stands.</param>
    /// <param name="failure">What went wrong.</param>
    /// <param name="gotFurther">True where more bytes than ever were moved before it did: that costs no attempt.</param>
    /// <param name="options">The limits.</param>
    /// <returns>The event, and the update with the failure and its cost noted.</returns>
    public static (UpdateEvent Event, ActiveUpdate Active) Judge(
        ActiveUpdate active, Failure failure, bool gotFurther, FirmwareOptions options)
    {
        var noted = active with { LastError = failure.Reason, LastErrorText = failure.Text };
        var isCommitted = UpdateTransitions.IsCommitted(active.Phase);
        switch (failure.Kind)
        {
            case FailureKind.Permanent:
            case FailureKind.Once when active.LastError == failure.Reason:
                return (UpdateEvent.GaveUp, noted);

            case FailureKind.Absent when !isCommitted:
            case FailureKind.Attempt when gotFurther && !isCommitted && IsLoss(failure.Reason):
                return (UpdateEvent.McuAbsent, noted);

            case FailureKind.RolledBack:
                noted = noted with { RollBacks = noted.RollBacks + 1 };
                return noted.RollBacks > options.RollBackRetries ? (UpdateEvent.GaveUp, noted) : Spend(noted, options);

            case FailureKind.Attempt when gotFurther:
                return (UpdateEvent.AttemptFailed, noted);

            default:
                return Spend(noted, options);
        }
    }

    private static (UpdateEvent Event, ActiveUpdate Active) Spend(ActiveUpdate active, FirmwareOptions options) =>
        active.Attempt >= options.MaxAttempts
            ? (UpdateEvent.GaveUp, active)
            : (UpdateEvent.AttemptFailed, active with { Attempt = active.Attempt + 1 });

    /// <summary>A microcontroller that went away in mid-transfer, as in a power cut: it may be back at once.</summary>
    private static bool IsLoss(FailureReason reason) => reason is FailureReason.McuSilent or FailureReason.McuSessionLost;
}
