namespace EdgeGateway.Simulators.IotHub.Messages;

/// <summary>A cloud-to-device message on its way.</summary>
/// <param name="MessageId">Unique in the simulator.</param>
/// <param name="Body">At most 64 KB.</param>
/// <param name="Properties">Application and system properties by their names in the topic's property bag.</param>
/// <param name="ExpiresAt">Not delivered after this.</param>
public sealed record CloudMessage(
    string MessageId, ReadOnlyMemory<byte> Body, IReadOnlyDictionary<string, string> Properties, DateTimeOffset ExpiresAt)
{
    /// <summary>Order of arrival.</summary>
    public required long Sequence { get; init; }

    /// <summary>Times it was sent to the device and not acknowledged.</summary>
    public int Deliveries { get; init; }
}
