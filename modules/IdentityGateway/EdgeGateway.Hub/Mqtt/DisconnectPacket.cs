namespace EdgeGateway.Hub.Mqtt;

/// <summary>The client leaves in order.</summary>
public sealed record DisconnectPacket : MqttPacket;
