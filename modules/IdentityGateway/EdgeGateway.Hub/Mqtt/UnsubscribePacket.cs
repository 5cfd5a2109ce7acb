namespace EdgeGateway.Hub.Mqtt;

/// <summary>Ends subscriptions.</summary>
/// <param name="PacketId">1 to 65535.</param>
/// <param name="Filters">At least one, exactly as they were subscribed.</param>
public sealed record UnsubscribePacket(ushort PacketId, IReadOnlyList<string> Filters) : MqttPacket;
