using EdgeGateway.Firmware.DeviceUpdate.Twins;
using EdgeGateway.Firmware.Workflow.Journal;

namespace EdgeGateway.Firmware.Workflow.Commands;

/// <summary>Decides whether a command can be carried out in the present state of the workflow.</summary>
internal static class CommandDecider
{
    /// <summary>Decides whether the last deployment can run again while no update is active. A deployment that the twin no longer orders cannot.</summary>
    /// <param name="state">State of the journal.</param>
    /// <param name="twin">The latest twin; null before the hub sent one.</param>
    /// <returns>The deployment to start, or null; and the answer.</returns>
    public static (DesiredService? Service, CommandResult Result) DecideRetry(JournalState state, DeviceUpdateTwin? twin)
    {
        if (state.Finished is not [var last, ..])
        {
            return (null, new CommandResult(CommandOutcome.NothingToDo, "no update has ended yet"));
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
            ? (service, new CommandResult(CommandOutcome.Accepted, $"deployment {last.Order.Id} begins again", last.Order.Id))
            : (null, Refuse(last, $"the manifest of deployment {last.Order.Id} is not known before the hub sends the twin"));
    }

    /// <summary>Decides whether a command can be carried out while an update is active.</summary>
    /// <param name="state">State of the journal.</param>
    /// <param name="kind">The command.</param>
    /// <returns>The answer, and true where the update is to be cancelled.</returns>
    public static (CommandResult Result, bool IsCancelled) DecideWhileActive(JournalState state, CommandKind kind)
    {
        if (state.Active is not { } active)
        {
            return (new CommandResult(CommandOutcome.WrongState, "the update has just ended"), false);
        }

        var id = active.Service.Workflow.Id;
        if (kind == CommandKind.Retry)
        {
            return (new CommandResult(CommandOutcome.WrongState, $"deployment {id} is under way ({active.Phase})", id), false);
        }

        return UpdateTransitions.IsCommitted(active.Phase)
            ? (new CommandResult(
                CommandOutcome.WrongState, $"deployment {id} is too far to be cancelled ({active.Phase}): the new image may run already", id), false)
            : (new CommandResult(CommandOutcome.Accepted, $"deployment {id} is cancelled", id), true);
    }

    private static CommandResult Refuse(FinishedUpdate last, string text) => new(CommandOutcome.WrongState, text, last.Order.Id);
}
