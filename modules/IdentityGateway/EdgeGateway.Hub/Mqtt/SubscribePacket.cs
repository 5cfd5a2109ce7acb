namespace EdgeGateway.Hub.Mqtt;

/// <summary>Asks for the messages of some topics.</summary>
/// <param name="PacketId">1 to 65535.</param>
/// <param name="Subscriptions">At least one.</param>
public sealed record SubscribePacket(ushort PacketId, IReadOnlyList<MqttSubscription> Subscriptions) : MqttPacket;
