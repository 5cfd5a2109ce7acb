using System.Globalization;

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

/// <summary>The client asks for the twin.</summary>
/// <param name="RequestId">Echoed in the response.</param>
public sealed record TwinGetTopic(string RequestId) : HubTopic
{
    public override string ToString() => $"$iothub/twin/GET/?$rid={Uri.EscapeDataString(RequestId)}";
}

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

/// <summary>The desired properties changed.</summary>
/// <param name="Version">Version of the desired section after the change.</param>
public sealed record DesiredPatchTopic(long Version) : HubTopic
{
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"$iothub/twin/PATCH/properties/desired/?$version={Version}");
}

/// <summary>The client reports properties.</summary>
/// <param name="RequestId">Echoed in the response.</param>
public sealed record ReportedPatchTopic(string RequestId) : HubTopic
{
    public override string ToString() => $"$iothub/twin/PATCH/properties/reported/?$rid={Uri.EscapeDataString(RequestId)}";
}

/// <summary>The hub calls a direct method.</summary>
/// <param name="Method">Name of the method.</param>
/// <param name="RequestId">Echoed in the response.</param>
public sealed record MethodRequestTopic(string Method, string RequestId) : HubTopic
{
    public override string ToString() => $"$iothub/methods/POST/{Uri.EscapeDataString(Method)}/?$rid={Uri.EscapeDataString(RequestId)}";
}

/// <summary>The client answers a direct method.</summary>
/// <param name="Status">As in HTTP.</param>
/// <param name="RequestId">Of the request.</param>
public sealed record MethodResponseTopic(int Status, string RequestId) : HubTopic
{
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"$iothub/methods/res/{Status}/?$rid={Uri.EscapeDataString(RequestId)}");
}

/// <summary>A device or module sends telemetry.</summary>
/// <param name="DeviceId">Device.</param>
/// <param name="ModuleId">Module; null for the device itself.</param>
/// <param name="Properties">Application and system properties.</param>
public sealed record TelemetryTopic(string DeviceId, string? ModuleId, IReadOnlyDictionary<string, string> Properties) : HubTopic
{
    public override string ToString() =>
        $"devices/{DeviceId}{(ModuleId is null ? "" : $"/modules/{ModuleId}")}/messages/events/{PropertyBag.Format(Properties)}";
}

/// <summary>The cloud sends a message to a device.</summary>
/// <param name="DeviceId">Device.</param>
/// <param name="Properties">Application and system properties.</param>
public sealed record CloudToDeviceTopic(string DeviceId, IReadOnlyDictionary<string, string> Properties) : HubTopic
{
    public override string ToString() => $"devices/{DeviceId}/messages/devicebound/{PropertyBag.Format(Properties)}";
}

/// <summary>Topic filters a client of IoT Hub subscribes to.</summary>
public static class HubFilters
{
    public const string TwinResponses = "$iothub/twin/res/#";
    public const string DesiredPatches = "$iothub/twin/PATCH/properties/desired/#";
    public const string Methods = "$iothub/methods/POST/#";

    /// <summary>Cloud-to-device messages; devices only, a module has none.</summary>
    public static string CloudToDevice(string deviceId) => $"devices/{deviceId}/messages/devicebound/#";
}
