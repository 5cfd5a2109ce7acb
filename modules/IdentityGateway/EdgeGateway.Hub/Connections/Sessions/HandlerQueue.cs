using System.Threading.Channels;
using Microsoft.Extensions.Logging;

namespace EdgeGateway.Hub.Connections.Sessions;

/// <summary>Calls the handler one call at a time, in order, away from the receive loop. An exception of the handler is logged and ends only its call.</summary>
internal sealed partial class HandlerQueue(DeviceIdentity identity, ILogger log)
{
    /// <summary>Most calls that may wait; the hub itself queues 50 messages for a device.</summary>
    private const int Capacity = 128;

    private readonly Channel<Func<IDeviceHandler, CancellationToken, ValueTask>> _calls =
        Channel.CreateUnbounded<Func<IDeviceHandler, CancellationToken, ValueTask>>(new UnboundedChannelOptions { SingleReader = true });

    private int _waiting;

    /// <summary>Queues a call that the hub asked for.</summary>
    /// <returns>False where too many wait already, or the queue is closed.</returns>
    public bool TryPost(Func<IDeviceHandler, CancellationToken, ValueTask> call)
    {
        if (Interlocked.Increment(ref _waiting) > Capacity || !_calls.Writer.TryWrite(Counted))
        {
            Interlocked.Decrement(ref _waiting);
            return false;
        }

        return true;

        ValueTask Counted(IDeviceHandler to, CancellationToken cancellationToken)
        {
            Interlocked.Decrement(ref _waiting);
            return call(to, cancellationToken);
        }
    }

    /// <summary>Queues a call of our own, whose number is bounded elsewhere; completes when it was made.</summary>
    public async Task PostAsync(Func<IDeviceHandler, CancellationToken, ValueTask> call, CancellationToken cancellationToken)
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Post(async (to, token) =>
        {
            try
            {
                await call(to, token);
            }
            finally
            {
                done.TrySetResult();
            }
        });
        await done.Task.WaitAsync(cancellationToken);
    }

    /// <summary>Queues a call and goes on.</summary>
    public void Post(Func<IDeviceHandler, CancellationToken, ValueTask> call) => _calls.Writer.TryWrite(call);

    /// <summary>Takes no more calls; those that wait are still made.</summary>
    public void Close() => _calls.Writer.TryComplete();

    /// <summary>Makes the calls until the queue is closed and empty, or cancelled.</summary>
    public async Task RunAsync(IDeviceHandler handler, CancellationToken cancellationToken)
    {
        try
        {
            await foreach (var call in _calls.Reader.ReadAllAsync(cancellationToken))
            {
                await CallAsync(handler, call, cancellationToken);
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            LogCallsGivenUp(identity);
        }
    }

    private async Task CallAsync(IDeviceHandler handler, Func<IDeviceHandler, CancellationToken, ValueTask> call, CancellationToken cancellationToken)
    {
        try
        {
            await call(handler, cancellationToken);
        }
        catch (Exception e) when (e is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            // the handler's code is not ours; its mistakes must not end the connection
            LogHandlerFailed(e, identity);
        }
    }

    [LoggerMessage(EventId = 2130, Level = LogLevel.Error, Message = "{Identity}: the handler of the connection failed")]
    private partial void LogHandlerFailed(Exception e, DeviceIdentity identity);

    [LoggerMessage(EventId = 2131, Level = LogLevel.Debug, Message = "{Identity}: closed; calls to the handler that still waited are not made")]
    private partial void LogCallsGivenUp(DeviceIdentity identity);
}
