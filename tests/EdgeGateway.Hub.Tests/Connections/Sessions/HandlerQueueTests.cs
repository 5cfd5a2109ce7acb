using EdgeGateway.Hub.Connections;
using EdgeGateway.Hub.Connections.Sessions;
using Microsoft.Extensions.Logging.Abstractions;

namespace EdgeGateway.Hub.Tests.Connections.Sessions;

public sealed class HandlerQueueTests
{
    private readonly RecordingHandler _handler = new();

    [Fact]
    public async Task RunAsync_Closed_MakesTheCallsThatWaitAndEnds()
    {
        var queue = Queue();
        var made = new List<int>();
        queue.Post((_, _) => Make(1));
        queue.TryPost((_, _) => throw new InvalidOperationException("the handler's mistake")).Should().BeTrue();
        queue.TryPost((_, _) => Make(2)).Should().BeTrue();
        queue.Close();

        await queue.RunAsync(_handler, default);

        made.Should().Equal(1, 2);
        queue.TryPost((_, _) => Make(3)).Should().BeFalse("it is closed");

        ValueTask Make(int number)
        {
            made.Add(number);
            return ValueTask.CompletedTask;
        }
    }

    [Fact]
    public async Task RunAsync_Cancelled_EndsWithoutAnException()
    {
        var queue = Queue();
        using var cancel = new CancellationTokenSource();
        var running = queue.RunAsync(_handler, cancel.Token);
        queue.Post((_, token) => new ValueTask(Task.Delay(Timeout.Infinite, token)));
        queue.Post((_, _) => ValueTask.CompletedTask);

        await cancel.CancelAsync();

        await running.WaitAsync(TestEnvironment.Patience);
    }

    [Fact]
    public void TryPost_TooManyWait_IsRefused()
    {
        var queue = Queue();
        var taken = Enumerable.Range(0, 1000).Count(_ => queue.TryPost((_, _) => ValueTask.CompletedTask));

        taken.Should().Be(128);
    }

    private static HandlerQueue Queue() => new(new DeviceIdentity("mcu-07"), NullLogger.Instance);
}
