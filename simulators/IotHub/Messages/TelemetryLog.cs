using System.Runtime.CompilerServices;
using EdgeGateway.Simulators.IotHub.Registry;

namespace EdgeGateway.Simulators.IotHub.Messages;

/// <summary>Stores the newest telemetry messages, for tests and the demo.</summary>
/// <remarks>Thread-safe.</remarks>
public sealed class TelemetryLog(int capacity)
{
    private readonly Lock _lock = new();
    private readonly Queue<TelemetryMessage> _messages = new();
    private long _total;
    private TaskCompletionSource _arrival = NewSignal();

    /// <summary>Gets the number of messages accepted since the start, including those that are no longer stored.</summary>
    public long Total
    {
        get
        {
            lock (_lock)
            {
                return _total;
            }
        }
    }

    /// <summary>Returns the stored messages, oldest first; those of one sender if given.</summary>
    public IReadOnlyList<TelemetryMessage> Read(IdentityName? sender = null)
    {
        lock (_lock)
        {
            return [.. _messages.Where(m => sender is null || m.Sender == sender)];
        }
    }

    /// <summary>Returns the stored messages and then each new one, without end.</summary>
    public async IAsyncEnumerable<TelemetryMessage> FollowAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        long seen = 0;
        while (true)
        {
            List<TelemetryMessage> batch;
            Task more;
            lock (_lock)
            {
                var unseen = (int)Math.Min(_total - seen, _messages.Count);
                batch = [.. _messages.TakeLast(unseen)];
                seen = _total;
                more = _arrival.Task;
            }

            foreach (var message in batch)
            {
                yield return message;
            }

            await more.WaitAsync(cancellationToken);
        }
    }

    internal void Add(TelemetryMessage message)
    {
        TaskCompletionSource arrival;
        lock (_lock)
        {
            _messages.Enqueue(message);
            _total++;
            if (_messages.Count > capacity)
            {
                _messages.Dequeue();
            }

            arrival = _arrival;
            _arrival = NewSignal();
        }

        arrival.SetResult();
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}

/// <summary>A device-to-cloud message that the hub has accepted.</summary>
/// <param name="Sender">The device or module that sent it.</param>
/// <param name="Body">At most 256 KB.</param>
/// <param name="Properties">Application and system properties by their names in the topic.</param>
/// <param name="EnqueuedAt">When it arrived.</param>
public sealed record TelemetryMessage(
    IdentityName Sender, ReadOnlyMemory<byte> Body, IReadOnlyDictionary<string, string> Properties, DateTimeOffset EnqueuedAt);
