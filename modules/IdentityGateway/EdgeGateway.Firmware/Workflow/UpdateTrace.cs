using System.Diagnostics;
using EdgeGateway.Firmware.Workflow.Journal;

namespace EdgeGateway.Firmware.Workflow;

/// <summary>
/// Traces updates as activities of the source <c>EdgeGateway.Updates</c>: one for each update and a child for each phase. Without a listener
/// nothing is created.
/// </summary>
internal static class UpdateTrace
{
    /// <summary>Name of the source.</summary>
    public const string SourceName = "EdgeGateway.Updates";

    private static readonly ActivitySource Source = new(SourceName);

    /// <summary>Starts the activity of an update. After a restart of the gateway it continues the trace that the journal names.</summary>
    /// <param name="mcu">The microcontroller.</param>
    /// <param name="active">The update.</param>
    /// <returns>The activity; null where no listener wants it.</returns>
    public static Activity? StartUpdate(McuId mcu, ActiveUpdate active)
    {
        var isContinued = ActivityContext.TryParse(active.TraceParent, null, isRemote: true, out var parent);
        if (!isContinued)
        {
            Activity.Current = null; // an update is a trace of its own
        }

        var activity = Source.StartActivity("update", ActivityKind.Internal, parent);
        return activity?
            .SetTag("edgegateway.mcu", mcu.Value)
            .SetTag("edgegateway.deployment", active.Service.Workflow.Id)
            .SetTag("edgegateway.resumed", isContinued);
    }

    /// <summary>Starts the activity of one phase, as a child of the current one.</summary>
    /// <returns>The activity; null where no listener wants it.</returns>
    public static Activity? StartPhase(ActiveUpdate active) =>
        Source.StartActivity(active.Phase.ToString())?.SetTag("edgegateway.attempt", active.Attempt);

    /// <summary>Notes what ended a phase.</summary>
    /// <param name="phase">The activity of the phase; null where it is not traced.</param>
    /// <param name="happened">The event that ended it.</param>
    /// <param name="next">The update after the event.</param>
    public static void EndPhase(Activity? phase, UpdateEvent happened, ActiveUpdate next)
    {
        phase?.SetTag("edgegateway.outcome", happened.ToString());
        if (happened is UpdateEvent.AttemptFailed or UpdateEvent.GaveUp or UpdateEvent.McuAbsent)
        {
            Fail(phase, next);
        }
    }

    /// <summary>Notes where an update stands when its activity ends: its outcome, or the phase in which the gateway stopped.</summary>
    public static void EndUpdate(Activity? update, ActiveUpdate active)
    {
        update?
            .SetTag("edgegateway.update", active.Target?.UpdateId.ToString())
            .SetTag("edgegateway.digest", active.Target?.Digest.ToString())
            .SetTag("edgegateway.attempt", active.Attempt)
            .SetTag("edgegateway.outcome", active.Phase.ToString());
        if (active.Phase is UpdatePhase.Failed or UpdatePhase.Cancelled)
        {
            Fail(update, active);
        }
    }

    private static void Fail(Activity? activity, ActiveUpdate active) =>
        activity?.SetTag("edgegateway.reason", active.LastError.ToString()).SetStatus(ActivityStatusCode.Error, active.LastErrorText);
}
