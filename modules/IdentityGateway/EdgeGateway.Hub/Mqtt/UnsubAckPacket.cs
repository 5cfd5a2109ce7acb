namespace EdgeGateway.Hub.Mqtt;

/// <summary>Answer to <see cref="UnsubscribePacket"/>.</summary>
/// <param name="PacketId">Id of the request.</param>
public sealed record UnsubAckPacket(ushort PacketId) : MqttPacket;
