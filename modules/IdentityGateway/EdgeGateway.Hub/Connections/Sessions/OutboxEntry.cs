using EdgeGateway.Hub.Mqtt;

namespace EdgeGateway.Hub.Connections.Sessions;

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
