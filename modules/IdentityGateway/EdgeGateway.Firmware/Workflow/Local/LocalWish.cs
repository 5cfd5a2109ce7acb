namespace EdgeGateway.Firmware.Workflow.Local;

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
