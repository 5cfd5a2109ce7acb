namespace EdgeGateway.Hub.Mqtt;

/// <summary>A message, in either direction.</summary>
/// <param name="Topic">Topic without wildcards.</param>
/// <param name="Payload">Content.</param>
public sealed record PublishPacket(string Topic, ReadOnlyMemory<byte> Payload) : MqttPacket
{
    /// <summary>At most once, or at least once.</summary>
    public MqttQos Qos { get; init; } = MqttQos.AtMostOnce;

    /// <summary>1 to 65535 with <see cref="MqttQos.AtLeastOnce"/>; 0 with <see cref="MqttQos.AtMostOnce"/>.</summary>
    public ushort PacketId { get; init; }

    /// <summary>Set where the message was sent before and not acknowledged.</summary>
    public bool Duplicate { get; init; }

    /// <summary>IoT Hub keeps no retained messages; it only marks the message.</summary>
    public bool Retain { get; init; }
}
