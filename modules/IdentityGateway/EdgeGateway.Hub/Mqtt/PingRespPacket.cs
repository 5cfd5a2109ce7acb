namespace EdgeGateway.Hub.Mqtt;

/// <summary>The server is there.</summary>
public sealed record PingRespPacket : MqttPacket;
