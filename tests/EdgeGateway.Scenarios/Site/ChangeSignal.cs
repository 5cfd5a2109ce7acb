namespace EdgeGateway.Scenarios.Site;

/// <summary>Lets tests await a condition: it is tried now and after each change.</summary>
/// <remarks>Thread-safe.</remarks>
internal sealed class ChangeSignal
{
    /// <summary>Far beyond what anything takes, so that a busy machine fails no test.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private TaskCompletionSource _next = New();

    /// <summary>Something changed.</summary>
    public void Raise() => Interlocked.Exchange(ref _next, New()).TrySetResult();

    /// <summary>Waits until <paramref name="find"/> finds something.</summary>
    /// <exception cref="TimeoutException">It did not in time; <paramref name="problem"/> says what was there instead.</exception>
    public async Task<T> WaitAsync<T>(Func<T?> find, Func<string> problem)
        where T : class
    {
        using var patience = new CancellationTokenSource(Patience);
        while (true)
        {
            var change = Volatile.Read(ref _next).Task;
            if (find() is { } found)
            {
                return found;
            }

            try
            {
                await change.WaitAsync(patience.Token);
            }
            catch (OperationCanceledException)
            {
                throw new TimeoutException(problem());
            }
        }
    }

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
