namespace EdgeGateway.Hub.Mqtt;

/// <summary>The client asks whether the server is there.</summary>
public sealed record PingReqPacket : MqttPacket;
