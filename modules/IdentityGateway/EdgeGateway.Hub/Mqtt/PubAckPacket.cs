namespace EdgeGateway.Hub.Mqtt;

/// <summary>Acknowledges a <see cref="PublishPacket"/> sent at least once.</summary>
/// <param name="PacketId">Id of the message.</param>
public sealed record PubAckPacket(ushort PacketId) : MqttPacket;
