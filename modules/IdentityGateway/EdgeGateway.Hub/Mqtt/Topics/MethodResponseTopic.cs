using System.Globalization;

namespace EdgeGateway.Hub.Mqtt.Topics;

/// <summary>The client answers a direct method.</summary>
/// <param name="Status">As in HTTP.</param>
/// <param name="RequestId">Of the request.</param>
public sealed record MethodResponseTopic(int Status, string RequestId) : HubTopic
{
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"$iothub/methods/res/{Status}/?$rid={Uri.EscapeDataString(RequestId)}");
}
