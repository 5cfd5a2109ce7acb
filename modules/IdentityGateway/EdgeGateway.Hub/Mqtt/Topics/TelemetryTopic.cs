namespace EdgeGateway.Hub.Mqtt.Topics;

/// <summary>A device or module sends telemetry.</summary>
/// <param name="DeviceId">Device.</param>
/// <param name="ModuleId">Module; null for the device itself.</param>
/// <param name="Properties">Application and system properties.</param>
public sealed record TelemetryTopic(string DeviceId, string? ModuleId, IReadOnlyDictionary<string, string> Properties) : HubTopic
{
    public override string ToString() =>
        $"devices/{DeviceId}{(ModuleId is null ? "" : $"/modules/{ModuleId}")}/messages/events/{PropertyBag.Format(Properties)}";
}
