using System.Globalization;

namespace EdgeGateway.Hub.Mqtt.Topics;

/// <summary>The desired properties changed.</summary>
/// <param name="Version">Version of the desired section after the change.</param>
public sealed record DesiredPatchTopic(long Version) : HubTopic
{
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"$iothub/twin/PATCH/properties/desired/?$version={Version}");
}
