namespace EdgeGateway.Hub.Connections.Sessions;

/// <summary>Wakes one waiter; setting it several times before the wait wakes once.</summary>
internal sealed class AsyncSignal
{
    private readonly Lock _lock = new();
    private TaskCompletionSource _set = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public void Set()
    {
        lock (_lock)
        {
            _set.TrySetResult();
        }
    }

    /// <summary>Waits for the signal and takes it.</summary>
    /// <returns>False if the time was over first.</returns>
    public async Task<bool> WaitAsync(TimeSpan timeout, TimeProvider time, CancellationToken cancellationToken)
    {
        Task set;
        lock (_lock)
        {
            set = _set.Task;
        }

        try
        {
            await set.WaitAsync(Timers.RoundUp(timeout), time, cancellationToken);
        }
        catch (TimeoutException)
        {
            return false;
        }

        lock (_lock)
        {
            _set = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }

        return true;
    }

    public Task WaitAsync(CancellationToken cancellationToken) => WaitAsync(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken);
}
