namespace EdgeGateway.Hub.Mqtt;

/// <summary>One line of a <see cref="SubscribePacket"/>.</summary>
/// <param name="Filter">Topic filter.</param>
/// <param name="Qos">Highest quality of service wanted.</param>
public sealed record MqttSubscription(string Filter, MqttQos Qos);
