using EdgeGateway.Hub.Connections.Transport;
using EdgeGateway.Testing;

namespace EdgeGateway.Hub.Tests.Connections.Transport;

public sealed class ConnectGateTests
{
    [Fact]
    public void WaitAsync_AtOnce_LetsThroughOneByOne()
    {
        var time = new VirtualTime();
        var gate = new ConnectGate(connectsPerSecond: 4, time);

        var waits = Enumerable.Range(0, 5).Select(_ => gate.WaitAsync(default)).ToList();

        waits.Count(w => w.IsCompleted).Should().Be(1);
        time.Advance(TimeSpan.FromMilliseconds(500));
        waits.Count(w => w.IsCompleted).Should().Be(3);
        time.Advance(TimeSpan.FromSeconds(10));
        waits.Should().OnlyContain(w => w.IsCompleted);
        gate.WaitAsync(default).IsCompleted.Should().BeTrue("turns that nobody took are not saved up, but the next is free");
        gate.WaitAsync(default).IsCompleted.Should().BeFalse();
    }

    [Fact]
    public async Task WaitAsync_Cancelled_Ends()
    {
        var gate = new ConnectGate(1, new VirtualTime());
        using var cancel = new CancellationTokenSource();
        await gate.WaitAsync(default);
        var wait = gate.WaitAsync(cancel.Token);

        await cancel.CancelAsync();

        await wait.Invoking(w => w).Should().ThrowAsync<OperationCanceledException>();
    }
}
