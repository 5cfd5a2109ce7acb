namespace EdgeGateway.Hub.Mqtt;

/// <summary>Quality of service.</summary>
public enum MqttQos
{
    /// <summary>Sent once, never acknowledged.</summary>
    AtMostOnce = 0,

    /// <summary>Sent until acknowledged; duplicates are possible.</summary>
    AtLeastOnce = 1,

    /// <summary>IoT Hub has none: it may be asked for in a subscription (and is granted as <see cref="AtLeastOnce"/>), never published.</summary>
    ExactlyOnce = 2,
}
