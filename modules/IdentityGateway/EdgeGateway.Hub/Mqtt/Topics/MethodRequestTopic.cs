namespace EdgeGateway.Hub.Mqtt.Topics;

/// <summary>The hub calls a direct method.</summary>
/// <param name="Method">Name of the method.</param>
/// <param name="RequestId">Echoed in the response.</param>
public sealed record MethodRequestTopic(string Method, string RequestId) : HubTopic
{
    public override string ToString() => $"$iothub/methods/POST/{Uri.EscapeDataString(Method)}/?$rid={Uri.EscapeDataString(RequestId)}";
}
