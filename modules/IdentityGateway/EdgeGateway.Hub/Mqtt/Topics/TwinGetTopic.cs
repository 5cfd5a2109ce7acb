namespace EdgeGateway.Hub.Mqtt.Topics;

/// <summary>The client asks for the twin.</summary>
/// <param name="RequestId">Echoed in the response.</param>
public sealed record TwinGetTopic(string RequestId) : HubTopic
{
    public override string ToString() => $"$iothub/twin/GET/?$rid={Uri.EscapeDataString(RequestId)}";
}
