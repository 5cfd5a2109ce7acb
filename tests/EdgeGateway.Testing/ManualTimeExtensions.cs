namespace EdgeGateway.Testing;

/// <summary>Lets a manual clock run while something is awaited.</summary>
public static class ManualTimeExtensions
{
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(50);

    /// <summary>Moves the clock, step by step and only while a timer is armed, until <paramref name="task"/> has ended, well or badly.</summary>
    /// <exception cref="TimeoutException">It has not ended within a minute of real time.</exception>
    public static async Task RunUntilAsync(this ManualTimeProvider time, Task task)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        while (!task.IsCompleted)
        {
            if (patience.IsCancellationRequested)
            {
                throw new TimeoutException("The task did not end, however far the clock was moved.");
            }

            if (time.ArmedTimers > 0)
            {
                time.Advance(Step);
            }

            await Task.Yield();
        }
    }
}
