namespace EdgeGateway.Hub.Mqtt;

/// <summary>A control packet of MQTT 3.1.1 (OASIS standard, chapter 3); read by <see cref="MqttReader"/>, written by <see cref="MqttWriter"/>.</summary>
public abstract record MqttPacket
{
    private protected MqttPacket()
    {
    }
}
