namespace EdgeGateway.Hub.Mqtt;

/// <summary>The other side sent what MQTT 3.1.1, or IoT Hub's subset of it, does not allow; the connection must be closed.</summary>
public sealed class MqttProtocolException(string message, Exception? inner = null) : Exception(message, inner);
