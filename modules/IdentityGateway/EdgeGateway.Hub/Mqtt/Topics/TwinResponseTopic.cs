using System.Globalization;

namespace EdgeGateway.Hub.Mqtt.Topics;

/// <summary>The hub's answer to a twin request.</summary>
/// <param name="Status">As in HTTP: 200 twin, 204 reported, 4xx, 429 throttled, 5xx.</param>
/// <param name="RequestId">Of the request.</param>
/// <param name="Version">New version of the reported section; null where none was sent.</param>
public sealed record TwinResponseTopic(int Status, string RequestId, long? Version = null) : HubTopic
{
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"$iothub/twin/res/{Status}/?$rid={Uri.EscapeDataString(RequestId)}{(Version is { } v ? $"&$version={v}" : "")}");
}
