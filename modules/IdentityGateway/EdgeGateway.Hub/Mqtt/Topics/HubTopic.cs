namespace EdgeGateway.Hub.Mqtt.Topics;

/// <summary>A topic of IoT Hub's MQTT contract, read or to be written (<see cref="object.ToString"/>).</summary>
public abstract record HubTopic
{
    private protected HubTopic()
    {
    }

    /// <summary>Reads any topic of the contract.</summary>
    /// <returns>Null where the topic is none of them.</returns>
    public static HubTopic? Parse(string topic) => HubTopicParser.Parse(topic);
}
