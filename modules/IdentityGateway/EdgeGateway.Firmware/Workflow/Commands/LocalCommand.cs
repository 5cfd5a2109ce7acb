namespace EdgeGateway.Firmware.Workflow.Commands;

/// <summary>A command that changes a workflow.</summary>
internal enum CommandKind
{
    /// <summary>Stop the update under way.</summary>
    Cancel,

    /// <summary>Run the last deployment again, which failed or was cancelled.</summary>
    Retry,
}

/// <summary>A command of an operator that waits for the workflow.</summary>
internal sealed class LocalCommand(CommandKind kind)
{
    private readonly TaskCompletionSource<CommandResult> _result = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public CommandKind Kind => kind;

    public Task<CommandResult> Result => _result.Task;

    /// <summary>True where the caller no longer waits: the command is not carried out.</summary>
    public bool IsGone => _result.Task.IsCompleted;

    public void Answer(CommandResult result) => _result.TrySetResult(result);

    /// <summary>Withdraws the command.</summary>
    /// <returns>False where it was answered already.</returns>
    public bool Withdraw() => _result.TrySetCanceled();
}

/// <summary>How a command ended.</summary>
public enum CommandOutcome
{
    /// <summary>It is carried out; the status tells how it goes on.</summary>
    Accepted,

    /// <summary>There is no update that it applies to.</summary>
    NothingToDo,

    /// <summary>The state of the update does not allow it.</summary>
    WrongState,

    /// <summary>The gateway failed, for example its disk.</summary>
    Failed,
}

/// <summary>Answer to a command of an operator.</summary>
/// <param name="Outcome">How the command ended.</param>
/// <param name="Text">The reason, for a person to read.</param>
/// <param name="WorkflowId">The deployment it is about; null for none.</param>
public sealed record CommandResult(CommandOutcome Outcome, string Text, string? WorkflowId = null);
