using Microsoft.Extensions.Time.Testing;

namespace EdgeGateway.Testing;

/// <summary>
/// A clock that stands still until a test moves it. It fires timers in order, each at the very time for which it was set, and moves on only when the code
/// under test has nothing left to do at the present time, so that no result depends on the speed of the machine.
/// </summary>
/// <remarks>
/// Whether code has something left to do is read from the thread pool (<see cref="ThreadPoolIdle"/>), which all tests of a process share. A test project
/// that uses <see cref="RunUntilAsync(Task, TimeSpan?)"/> runs its tests one after the other:
/// <c>[assembly: CollectionBehavior(DisableTestParallelization = true)]</c>. Code under test that waits for a socket or a process is not seen: there,
/// await the event and use <see cref="Advance"/>.
/// </remarks>
public sealed class VirtualTime : FakeTimeProvider
{
    private static readonly TimeSpan DefaultLimit = TimeSpan.FromDays(1);

    private readonly Lock _lock = new();
    private readonly HashSet<Timer> _armed = [];
    private TaskCompletionSource _change = NewSignal();

    /// <summary>Starts at noon of 1 November 2026, UTC.</summary>
    public VirtualTime()
        : base(new DateTimeOffset(2026, 11, 1, 12, 0, 0, TimeSpan.Zero))
    {
        ThreadPoolIdle.UseThreadPool();
    }

    /// <summary>Gets when the next timer fires; null where no timer is armed.</summary>
    public DateTimeOffset? NextDue
    {
        get
        {
            lock (_lock)
            {
                return _armed.Min(t => t.Due);
            }
        }
    }

    /// <summary>Gets the number of armed timers.</summary>
    public int ArmedTimers
    {
        get
        {
            lock (_lock)
            {
                return _armed.Count;
            }
        }
    }

    /// <inheritdoc/>
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new Timer(this, callback, state);
        timer.Inner = base.CreateTimer(_ => timer.Fire(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>Moves the clock, stopping at each timer that becomes due on the way.</summary>
    public new void Advance(TimeSpan by)
    {
        var end = GetUtcNow() + by;
        while (NextDue is { } due && due <= end)
        {
            base.Advance(due > GetUtcNow() ? due - GetUtcNow() : TimeSpan.Zero);
            FireLate();
        }

        if (end > GetUtcNow())
        {
            base.Advance(end - GetUtcNow());
        }
    }

    /// <summary>Lets the code under test run at the present time until it only waits.</summary>
    public static Task SettleAsync()
    {
        ThreadPoolIdle.UseThreadPool();
        return ThreadPoolIdle.WaitAsync();
    }

    /// <summary>Moves the clock from timer to timer, letting the code under test run in between, until a task has ended, in success or failure.</summary>
    /// <param name="task">The task. It is not awaited: its failure is not thrown.</param>
    /// <param name="limit">How far the clock may move; a day where null.</param>
    /// <returns>How far the clock moved.</returns>
    /// <exception cref="TimeoutException">The clock reached the limit, or no timer was armed, and the task had not ended.</exception>
    public Task<TimeSpan> RunUntilAsync(Task task, TimeSpan? limit = null)
    {
        ThreadPoolIdle.UseThreadPool();
        return RunUntilAsync(task, GetUtcNow() + (limit ?? DefaultLimit));
    }

    /// <summary>Moves the clock from timer to timer, letting the code under test run in between and at the end.</summary>
    public Task RunAsync(TimeSpan by)
    {
        ThreadPoolIdle.UseThreadPool();
        return RunToAsync(GetUtcNow() + by);
    }

    /// <summary>Waits, in real time, until the code under test has armed a timer that is due exactly <paramref name="dueIn"/> from now.</summary>
    /// <exception cref="TimeoutException">No such timer was armed; the message lists those that were.</exception>
    public Task WaitForTimerAsync(TimeSpan dueIn) => WaitForTimerAsync(due => due == dueIn, $"in {dueIn}");

    /// <summary>Waits, in real time, until the code under test has armed a timer whose remaining time is accepted.</summary>
    /// <param name="isExpected">Judges the remaining time of an armed timer.</param>
    /// <param name="what">What is expected, for the message.</param>
    /// <exception cref="TimeoutException">No such timer was armed; the message lists those that were.</exception>
    public async Task WaitForTimerAsync(Func<TimeSpan, bool> isExpected, string what = "as expected")
    {
        using var limit = new CancellationTokenSource(TestLimits.Wait);
        while (true)
        {
            Task change;
            List<TimeSpan> armed;
            lock (_lock)
            {
                armed = [.. _armed.Select(t => t.Due!.Value - GetUtcNow())];
                change = _change.Task;
            }

            if (armed.Any(isExpected))
            {
                return;
            }

            try
            {
                await change.WaitAsync(limit.Token);
            }
            catch (OperationCanceledException)
            {
                throw new TimeoutException($"No timer is due {what}; armed are: {string.Join(", ", armed)}.");
            }
        }
    }

    /// <summary>Fires timers that another thread armed while the clock moved: their inner timers count from the later time.</summary>
    private void FireLate()
    {
        List<Timer> late;
        lock (_lock)
        {
            late = [.. _armed.Where(t => t.Due <= GetUtcNow())];
        }

        late.ForEach(t => t.Fire());
    }

    private async Task<TimeSpan> RunUntilAsync(Task task, DateTimeOffset end)
    {
        var start = GetUtcNow();
        while (true)
        {
            await SettleAsync();
            if (task.IsCompleted)
            {
                return GetUtcNow() - start;
            }

            if (NextDue is not { } due)
            {
                await WaitForAnyAsync(task);
            }
            else if (due > end)
            {
                throw new TimeoutException($"The task has not ended after {GetUtcNow() - start} of virtual time; the next timer is due at {due:T}.");
            }
            else
            {
                Advance(due - GetUtcNow());
            }
        }
    }

    private async Task RunToAsync(DateTimeOffset end)
    {
        await SettleAsync();
        while (NextDue is { } due && due <= end)
        {
            Advance(due - GetUtcNow());
            await SettleAsync();
        }

        Advance(end - GetUtcNow());
        await SettleAsync();
    }

    /// <summary>Waits in real time where nothing moves virtual time: for what comes from outside the thread pool.</summary>
    private async Task WaitForAnyAsync(Task task)
    {
        Task change;
        lock (_lock)
        {
            if (_armed.Count > 0)
            {
                return;
            }

            change = _change.Task;
        }

        using var limit = new CancellationTokenSource(TestLimits.Wait);
        if (await Task.WhenAny(task, change, Task.Delay(Timeout.Infinite, limit.Token)) is var first && first != task && first != change)
        {
            throw new TimeoutException("The task has not ended and no timer is armed.");
        }
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private sealed class Timer(VirtualTime owner, TimerCallback callback, object? state) : ITimer
    {
        private TimeSpan _period;
        private bool _isDisposed;

        public ITimer Inner { get; set; } = null!;

        public DateTimeOffset? Due { get; private set; }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (owner._lock)
            {
                if (_isDisposed)
                {
                    return false;
                }

                _period = period;
                SetDue(dueTime == Timeout.InfiniteTimeSpan ? null : owner.GetUtcNow() + dueTime);
            }

            return Inner.Change(dueTime, period);
        }

        public void Fire()
        {
            lock (owner._lock)
            {
                if (Due is null || Due > owner.GetUtcNow())
                {
                    return; // disposed, changed or fired meanwhile
                }

                SetDue(_period > TimeSpan.Zero ? Due + _period : null);
            }

            callback(state);
        }

        public void Dispose()
        {
            lock (owner._lock)
            {
                _isDisposed = true;
                SetDue(null);
            }

            Inner.Dispose();
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }

        private void SetDue(DateTimeOffset? due)
        {
            Due = due;
            if (due is null)
            {
                owner._armed.Remove(this);
                return;
            }

            owner._armed.Add(this);
            var change = owner._change;
            owner._change = NewSignal();
            change.SetResult();
        }
    }
}
