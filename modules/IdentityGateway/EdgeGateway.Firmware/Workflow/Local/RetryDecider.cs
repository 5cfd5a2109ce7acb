using EdgeGateway.Firmware.DeviceUpdate.Twins;
using EdgeGateway.Firmware.Workflow.Journal;

namespace EdgeGateway.Firmware.Workflow.Local;

/// <summary>Decides what an order to run the last deployment again means while nothing is under way.</summary>
/// <remarks>The twin has the last word: what it no longer wants is not run, as the next look at it would end that.</remarks>
internal static class RetryDecider
{
    /// <param name="state">What the journal knows.</param>
    /// <param name="twin">The latest twin; null where none came since the gateway started.</param>
    /// <returns>The order to begin, null for none; and the answer.</returns>
    public static (DesiredService? Service, LocalVerdict Verdict) Decide(JournalState state, DeviceUpdateTwin? twin)
    {
        if (state.Finished is not [var last, ..])
        {
            return (null, new LocalVerdict(LocalOutcome.NothingToDo, "no update has ended yet"));
        }

        if (last.Outcome == UpdatePhase.Succeeded)
        {
            return (null, Refuse(last, $"the last deployment, {last.Order.Id}, succeeded"));
        }

        // a hub in between that never saw the twin answers an empty one without version: nothing is known then
        var isKnown = twin is { Version: not null } or { Service: not null };
        if (isKnown && twin!.Service is not { Workflow.Action: WorkflowAction.ProcessDeployment })
        {
            return (null, Refuse(last, $"the twin no longer orders deployment {last.Order.Id}"));
        }

        if (isKnown && twin!.Service!.Workflow.Id != last.Order.Id)
        {
            return (null, Refuse(last, $"the twin orders deployment {twin.Service.Workflow.Id}, not {last.Order.Id} any more"));
        }

        return (twin?.Service ?? last.Service) is { } service
            ? (service, new LocalVerdict(LocalOutcome.Accepted, $"deployment {last.Order.Id} begins again", last.Order.Id))
            : (null, Refuse(last, $"the manifest of deployment {last.Order.Id} is not known before the hub sends the twin"));
    }

    private static LocalVerdict Refuse(FinishedUpdate last, string text) => new(LocalOutcome.WrongState, text, last.Order.Id);
}
