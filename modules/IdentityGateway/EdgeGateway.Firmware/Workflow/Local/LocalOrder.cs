namespace EdgeGateway.Firmware.Workflow.Local;

/// <summary>What can be ordered at the gateway itself.</summary>
internal enum LocalOrder
{
    /// <summary>Stop the update under way.</summary>
    Cancel,

    /// <summary>Run the last deployment again, which failed or was cancelled.</summary>
    Retry,
}

/// <summary>An order given at the gateway itself, on its way to the workflow.</summary>
internal sealed class LocalWish(LocalOrder order)
{
    private readonly TaskCompletionSource<LocalVerdict> _verdict = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public LocalOrder Order => order;

    public Task<LocalVerdict> Verdict => _verdict.Task;

    /// <summary>True where nobody waits for the verdict any more: the order does not count then.</summary>
    public bool IsGone => _verdict.Task.IsCompleted;

    public void Answer(LocalVerdict verdict) => _verdict.TrySetResult(verdict);

    /// <summary>Takes the order back.</summary>
    /// <returns>False where it was answered already.</returns>
    public bool TakeBack() => _verdict.TrySetCanceled();
}

/// <summary>How an order given at the gateway itself was taken.</summary>
public enum LocalOutcome
{
    /// <summary>It is carried out; the status tells how it goes on.</summary>
    Accepted,

    /// <summary>There is nothing to carry it out on.</summary>
    NothingToDo,

    /// <summary>Not in the state that things are in.</summary>
    WrongState,

    /// <summary>The gateway itself could not: its disk, for one.</summary>
    Failed,
}

/// <summary>Answer to an order given at the gateway itself, past the twin.</summary>
/// <param name="Outcome">How it was taken.</param>
/// <param name="Text">The same in plain words.</param>
/// <param name="WorkflowId">The deployment it is about; null for none.</param>
public sealed record LocalVerdict(LocalOutcome Outcome, string Text, string? WorkflowId = null);
