using EdgeGateway.Serial.Links;
using EdgeGateway.Testing;
using Xunit.Abstractions;

namespace EdgeGateway.Serial.Tests.Links;

public sealed class ReadySignalTests(ITestOutputHelper output)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private readonly ReadySignal _signal = new();

    [Fact]
    public async Task WaitAsync_SetAfterwards_Completes()
    {
        var wait = _signal.WaitAsync(default).AsTask();
        wait.IsCompleted.Should().BeFalse();
        _signal.Set();
        await wait.WaitAsync(Patience);
    }

    [Fact]
    public void WaitAsync_SetBefore_CompletesOnce()
    {
        _signal.Set();
        _signal.Set();
        _signal.WaitAsync(default).AsTask().IsCompletedSuccessfully.Should().BeTrue();
        _signal.WaitAsync(default).AsTask().IsCompleted.Should().BeFalse();
    }

    [Fact]
    public async Task WaitAsync_Twice_Throws()
    {
        var wait = _signal.WaitAsync(default).AsTask();
        await FluentActions.Awaiting(() => _signal.WaitAsync(default).AsTask()).Should().ThrowAsync<InvalidOperationException>();
        _signal.Set();
        await wait.WaitAsync(Patience);
    }

    [Fact]
    public async Task WaitAsync_CancelledTokenBefore_Throws()
    {
        var wait = _signal.WaitAsync(new CancellationToken(true)).AsTask();
        await FluentActions.Awaiting(() => wait.WaitAsync(Patience)).Should().ThrowAsync<OperationCanceledException>();
    }

    [Fact]
    public async Task WaitAsync_CancelRacesWithSet_EndsOnceAndServesTheNext()
    {
        var random = new Random(Seed.Take(output));
        for (var i = 0; i < 2000; i++)
        {
            using var cancel = new CancellationTokenSource();
            var wait = _signal.WaitAsync(cancel.Token).AsTask();
            var actions = new Action[] { cancel.Cancel, _signal.Set };
            random.Shuffle(actions);
            var race = Task.Run(actions[0]);
            actions[1]();
            await race.WaitAsync(Patience);
            await wait.ContinueWith(_ => { }, TaskScheduler.Default).WaitAsync(Patience);

            if (wait.IsCanceled)
            {
                // The signal came too late for the cancelled wait, and is kept.
                _signal.WaitAsync(default).AsTask().IsCompletedSuccessfully.Should().BeTrue();
            }
        }
    }
}
