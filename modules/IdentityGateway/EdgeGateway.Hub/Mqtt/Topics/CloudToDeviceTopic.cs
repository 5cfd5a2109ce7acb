namespace EdgeGateway.Hub.Mqtt.Topics;

/// <summary>The cloud sends a message to a device.</summary>
/// <param name="DeviceId">Device.</param>
/// <param name="Properties">Application and system properties.</param>
public sealed record CloudToDeviceTopic(string DeviceId, IReadOnlyDictionary<string, string> Properties) : HubTopic
{
    public override string ToString() => $"devices/{DeviceId}/messages/devicebound/{PropertyBag.Format(Properties)}";
}
