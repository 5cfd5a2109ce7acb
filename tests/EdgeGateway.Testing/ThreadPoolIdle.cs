namespace EdgeGateway.Testing;

/// <summary>Knows when the thread pool has nothing to do: no item is queued, and no thread works except those that the test host occupies for good.</summary>
public static class ThreadPoolIdle
{
    /// <summary>Looks in a row that must find the pool idle: an item may be between the queue and its thread at the moment of one.</summary>
    private const int CalmLooks = 4;

    private const int CalibrationLooks = 200;

    /// <summary>Real time without any progress after which threads that stay busy count as occupied for good.</summary>
    private static readonly TimeSpan Stuck = TimeSpan.FromSeconds(10);

    private static readonly Lazy<int> HostThreads = new(Calibrate);
    private static int _extraThreads;

    /// <summary>
    /// Lets the calling test, and the code that it calls, go on in the thread pool after each await: xunit's context for asynchronous tests starts a
    /// thread of its own each time, which nothing can watch.
    /// </summary>
    public static void UseThreadPool() => SynchronizationContext.SetSynchronizationContext(new SynchronizationContext());

    /// <summary>Waits until the pool has nothing to do.</summary>
    public static Task WaitAsync()
    {
        var idle = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var watch = new Thread(() =>
        {
            Wait();
            idle.SetResult();
        })
        {
            IsBackground = true,
            Name = nameof(ThreadPoolIdle),
        };
        watch.Start();
        return idle.Task;
    }

    private static void Wait()
    {
        var (calm, completed, since) = (0, -1L, TimeProvider.System.GetTimestamp());
        while (calm < CalmLooks)
        {
            var idle = ThreadPool.PendingWorkItemCount == 0 && BusyThreads() <= HostThreads.Value + _extraThreads;
            calm = idle ? calm + 1 : 0;
            if (completed != ThreadPool.CompletedWorkItemCount)
            {
                (completed, since) = (ThreadPool.CompletedWorkItemCount, TimeProvider.System.GetTimestamp());
            }
            else if (!idle && TimeProvider.System.GetElapsedTime(since) > Stuck)
            {
                _extraThreads = BusyThreads() - HostThreads.Value;
            }

            Thread.Yield();
        }
    }

    private static int BusyThreads()
    {
        ThreadPool.GetMaxThreads(out var max, out _);
        ThreadPool.GetAvailableThreads(out var available, out _);
        return max - available;
    }

    /// <summary>Takes the fewest busy threads of many looks as those of the test host.</summary>
    private static int Calibrate()
    {
        var fewest = int.MaxValue;
        using var pause = new ManualResetEventSlim();
        for (var look = 0; look < CalibrationLooks; look++)
        {
            fewest = Math.Min(fewest, BusyThreads());
            pause.Wait(1);
        }

        return fewest;
    }
}
