namespace EdgeGateway.Hub.Mqtt.Topics;

/// <summary>The client reports properties.</summary>
/// <param name="RequestId">Echoed in the response.</param>
public sealed record ReportedPatchTopic(string RequestId) : HubTopic
{
    public override string ToString() => $"$iothub/twin/PATCH/properties/reported/?$rid={Uri.EscapeDataString(RequestId)}";
}
