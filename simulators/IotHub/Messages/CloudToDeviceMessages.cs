using EdgeGateway.Simulators.IotHub.Errors;

namespace EdgeGateway.Simulators.IotHub.Messages;

/// <summary>
/// Queues the cloud-to-device messages of one identity. A message is locked when it is sent to the device, completed by its acknowledgement, and returned to
/// the head of the queue when the connection ends before that.
/// </summary>
/// <remarks>Thread-safe.</remarks>
public sealed class CloudToDeviceMessages(TimeProvider time)
{
    /// <summary>Largest number of messages in the queue.</summary>
    public const int MaxDepth = 50;

    /// <summary>Number of deliveries after which a message is dropped.</summary>
    public const int MaxDeliveries = 10;

    /// <summary>Largest body, bytes.</summary>
    public const int MaxBodyBytes = 64 * 1024;

    /// <summary>Time to live of a message that names none.</summary>
    public static readonly TimeSpan DefaultTimeToLive = TimeSpan.FromHours(1);

    private readonly Lock _lock = new();
    private readonly LinkedList<CloudToDeviceMessage> _waiting = [];
    private readonly List<CloudToDeviceMessage> _locked = [];
    private long _nextSequence;

    /// <summary>Raised after a message was added.</summary>
    public event Action? Added;

    /// <summary>Raised after a device has acknowledged a message.</summary>
    internal event Action<CloudToDeviceMessage>? Completed;

    /// <summary>Gets the number of messages that are queued, or sent and not acknowledged.</summary>
    public int Count
    {
        get
        {
            lock (_lock)
            {
                return _waiting.Count + _locked.Count;
            }
        }
    }

    /// <exception cref="HubRequestException">The queue is full (403) or the body too large (413).</exception>
    public CloudToDeviceMessage Add(ReadOnlyMemory<byte> body, IReadOnlyDictionary<string, string> properties, TimeSpan? timeToLive = null)
    {
        if (body.Length > MaxBodyBytes)
        {
            throw new HubRequestException(HubError.TooLarge, $"the message has {body.Length} bytes, at most {MaxBodyBytes} are allowed");
        }

        var id = properties.GetValueOrDefault("$.mid") ?? Guid.NewGuid().ToString("D");
        CloudToDeviceMessage message;
        lock (_lock)
        {
            RemoveExpired();
            if (_waiting.Count + _locked.Count >= MaxDepth)
            {
                throw new HubRequestException(HubError.QueueFull, $"{MaxDepth} messages are queued already; purge them, or let the device receive them");
            }

            message = new CloudToDeviceMessage(id, body, properties, time.GetUtcNow() + (timeToLive ?? DefaultTimeToLive)) { Sequence = _nextSequence++ };
            _waiting.AddLast(message);
        }

        Added?.Invoke();
        return message;
    }

    /// <summary>Takes and locks the next message to send; null if the queue is empty.</summary>
    public CloudToDeviceMessage? Take()
    {
        lock (_lock)
        {
            RemoveExpired();
            if (_waiting.First is not { } first)
            {
                return null;
            }

            _waiting.RemoveFirst();
            var message = first.Value with { Deliveries = first.Value.Deliveries + 1 };
            _locked.Add(message);
            return message;
        }
    }

    /// <summary>Completes a message that the device has acknowledged.</summary>
    public void Complete(CloudToDeviceMessage message)
    {
        lock (_lock)
        {
            _locked.Remove(message);
        }

        Completed?.Invoke(message);
    }

    /// <summary>Removes a message, whether it is queued or was sent.</summary>
    internal void Withdraw(CloudToDeviceMessage message)
    {
        lock (_lock)
        {
            _locked.RemoveAll(m => m.Sequence == message.Sequence);
            if (_waiting.FirstOrDefault(m => m.Sequence == message.Sequence) is { } waiting)
            {
                _waiting.Remove(waiting);
            }
        }
    }

    /// <summary>Returns the messages that a connection had locked when it ended: they are delivered again in the same order, up to <see cref="MaxDeliveries"/> times.</summary>
    public void Release(IReadOnlyCollection<CloudToDeviceMessage> messages)
    {
        lock (_lock)
        {
            foreach (var message in messages.Reverse())
            {
                if (_locked.Remove(message) && message.Deliveries < MaxDeliveries)
                {
                    _waiting.AddFirst(message);
                }
            }
        }
    }

    /// <summary>Removes all messages.</summary>
    /// <returns>The number of removed messages.</returns>
    public int Purge()
    {
        lock (_lock)
        {
            var count = _waiting.Count + _locked.Count;
            _waiting.Clear();
            _locked.Clear();
            return count;
        }
    }

    private void RemoveExpired()
    {
        var now = time.GetUtcNow();
        for (var node = _waiting.First; node is not null;)
        {
            var next = node.Next;
            if (node.Value.ExpiresAt <= now)
            {
                _waiting.Remove(node);
            }

            node = next;
        }
    }
}

/// <summary>A cloud-to-device message in the queue of a device.</summary>
/// <param name="MessageId">Unique in the simulator.</param>
/// <param name="Body">At most 64 KB.</param>
/// <param name="Properties">Application and system properties by their names in the topic's property bag.</param>
/// <param name="ExpiresAt">The time after which the message is not delivered.</param>
public sealed record CloudToDeviceMessage(
    string MessageId, ReadOnlyMemory<byte> Body, IReadOnlyDictionary<string, string> Properties, DateTimeOffset ExpiresAt)
{
    /// <summary>Order of arrival.</summary>
    public required long Sequence { get; init; }

    /// <summary>Times it was sent to the device and not acknowledged.</summary>
    public int Deliveries { get; init; }
}
