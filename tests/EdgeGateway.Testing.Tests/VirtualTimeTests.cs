namespace EdgeGateway.Testing.Tests;

public sealed class VirtualTimeTests
{
    private readonly VirtualTime _time = new();

    [Fact]
    public async Task RunUntilAsync_ChainOfDelays_MovesExactlyThatFar()
    {
        async Task WorkAsync()
        {
            for (var i = 1; i <= 10; i++)
            {
                await Task.Delay(TimeSpan.FromSeconds(i), _time);
                await Task.Yield();
                await Task.Run(() => Thread.Sleep(5)); // slow work that a step of the clock must not overtake
            }
        }

        var moved = await _time.RunUntilAsync(WorkAsync());

        moved.Should().Be(TimeSpan.FromSeconds(55));
    }

    [Fact]
    public async Task RunUntilAsync_SlowWorkWithTimeLimit_LimitDoesNotStrike()
    {
        async Task<int> WorkAsync()
        {
            using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(1), _time);
            await Task.Run(() => Thread.Sleep(50)).WaitAsync(limit.Token);
            return 1;
        }

        var work = WorkAsync();
        await _time.RunUntilAsync(work);

        (await work).Should().Be(1);
    }

    [Fact]
    public void Advance_TimerThatArmsItselfAgain_FiresEachTimeAtItsTime()
    {
        var fired = new List<DateTimeOffset>();
        ITimer? timer = null;
        timer = _time.CreateTimer(_ =>
        {
            fired.Add(_time.GetUtcNow());
            timer!.Change(TimeSpan.FromSeconds(2), Timeout.InfiniteTimeSpan);
        }, null, TimeSpan.FromSeconds(1), Timeout.InfiniteTimeSpan);
        var start = _time.GetUtcNow();

        _time.Advance(TimeSpan.FromSeconds(6));

        fired.Select(f => (f - start).TotalSeconds).Should().Equal(1, 3, 5);
        _time.GetUtcNow().Should().Be(start + TimeSpan.FromSeconds(6));
    }

    [Fact]
    public void Advance_PeriodicTimer_FiresEachPeriod()
    {
        var fired = 0;
        using var timer = _time.CreateTimer(_ => fired++, null, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1));

        _time.Advance(TimeSpan.FromSeconds(5));

        fired.Should().Be(5);
    }

    [Fact]
    public async Task WaitForTimerAsync_TimerArmedLater_Returns()
    {
        var waiting = _time.WaitForTimerAsync(TimeSpan.FromSeconds(30));
        waiting.IsCompleted.Should().BeFalse();

        using var other = _time.CreateTimer(_ => { }, null, TimeSpan.FromSeconds(29), Timeout.InfiniteTimeSpan);
        using var timer = _time.CreateTimer(_ => { }, null, TimeSpan.FromSeconds(30), Timeout.InfiniteTimeSpan);

        await waiting;
    }

    [Fact]
    public async Task RunAsync_Delays_EndsAtTheTimeAndSettles()
    {
        var work = Task.Delay(TimeSpan.FromSeconds(3), _time).ContinueWith(_ => Thread.Sleep(20), TaskScheduler.Default);

        await _time.RunAsync(TimeSpan.FromSeconds(3));

        work.IsCompletedSuccessfully.Should().BeTrue();
    }
}
