using EdgeGateway.Hub.Mqtt;

namespace EdgeGateway.Hub.Connections.Sessions;

/// <summary>
/// Messages that the hub must acknowledge, in order. It outlives connections: what was not acknowledged goes out again, marked as a duplicate, at the
/// start of the next one (MQTT 3.1.1, section 4.4).
/// </summary>
/// <remarks>Thread-safe; one pump at a time.</remarks>
internal sealed class Outbox(PacketIds ids)
{
    /// <summary>Messages on the way at once.</summary>
    private const int Window = 32;

    private readonly Lock _lock = new();
    private readonly LinkedList<OutboxEntry> _entries = [];
    private readonly AsyncSignal _changed = new();
    private TaskCompletionSource? _drained;
    private bool _held;

    /// <summary>Adds a message behind the others.</summary>
    public OutboxEntry Add(string topic, ReadOnlyMemory<byte> payload)
    {
        var entry = new OutboxEntry(new PublishPacket(topic, payload) { Qos = MqttQos.AtLeastOnce, PacketId = ids.Take() });
        lock (_lock)
        {
            _entries.AddLast(entry);
        }

        _changed.Set();
        return entry;
    }

    /// <summary>Takes a message back whose sender no longer waits. It may have reached the hub.</summary>
    public void Remove(OutboxEntry entry) => Take(e => ReferenceEquals(e, entry));

    /// <summary>The hub has the message; an unknown id belongs to one that was taken back.</summary>
    public void Acknowledge(ushort packetId) => Take(e => e.Packet.PacketId == packetId)?.Complete();

    /// <summary>Sends on a connection, from the oldest unacknowledged message on, until cancelled.</summary>
    public async Task PumpAsync(HubSession session, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            _held = false;
            foreach (var entry in _entries)
            {
                entry.InFlight = false;
            }
        }

        while (true)
        {
            while (Next() is { } packet)
            {
                await session.SendAsync(packet);
            }

            await _changed.WaitAsync(cancellationToken);
        }
    }

    /// <summary>Sends nothing new on this connection; completes when all that is on the way is acknowledged.</summary>
    public Task DrainAsync()
    {
        lock (_lock)
        {
            _held = true;
            _drained = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            CompleteDrain();
            return _drained.Task;
        }
    }

    /// <summary>Gives up all messages.</summary>
    public void FailAll(HubException why)
    {
        lock (_lock)
        {
            foreach (var entry in _entries)
            {
                entry.Fail(why);
                ids.Return(entry.Packet.PacketId);
            }

            _entries.Clear();
        }
    }

    private PublishPacket? Next()
    {
        lock (_lock)
        {
            if (_held || _entries.Count(e => e.InFlight) >= Window || _entries.FirstOrDefault(e => !e.InFlight) is not { } entry)
            {
                return null;
            }

            var packet = entry.Packet with { Duplicate = entry.SentBefore };
            entry.InFlight = entry.SentBefore = true;
            return packet;
        }
    }

    private OutboxEntry? Take(Func<OutboxEntry, bool> which)
    {
        OutboxEntry? entry;
        lock (_lock)
        {
            entry = _entries.FirstOrDefault(which);
            if (entry is null)
            {
                return null;
            }

            _entries.Remove(entry);
            ids.Return(entry.Packet.PacketId);
            CompleteDrain();
        }

        _changed.Set();
        return entry;
    }

    private void CompleteDrain()
    {
        if (_held && !_entries.Any(e => e.InFlight))
        {
            _drained?.TrySetResult();
        }
    }
}

/// <summary>A message on its way to the hub.</summary>
internal sealed class OutboxEntry(PublishPacket packet)
{
    private readonly TaskCompletionSource _acknowledged = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>The message, with its packet id.</summary>
    public PublishPacket Packet { get; } = packet;

    /// <summary>Whether it went out on the present connection.</summary>
    public bool InFlight { get; set; }

    /// <summary>Whether it went out on any connection.</summary>
    public bool SentBefore { get; set; }

    /// <summary>Completes with the acknowledgement.</summary>
    public Task Acknowledged => _acknowledged.Task;

    public void Complete() => _acknowledged.TrySetResult();

    public void Fail(Exception why)
    {
        _acknowledged.TrySetException(why);
        _ = _acknowledged.Task.Exception; // nobody waits for some messages, such as answers to methods
    }
}
