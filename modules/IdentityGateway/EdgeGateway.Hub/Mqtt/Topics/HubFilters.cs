namespace EdgeGateway.Hub.Mqtt.Topics;

/// <summary>Topic filters a client of IoT Hub subscribes to.</summary>
public static class HubFilters
{
    public const string TwinResponses = "$iothub/twin/res/#";
    public const string DesiredPatches = "$iothub/twin/PATCH/properties/desired/#";
    public const string Methods = "$iothub/methods/POST/#";

    /// <summary>Cloud-to-device messages; devices only, a module has none.</summary>
    public static string CloudToDevice(string deviceId) => $"devices/{deviceId}/messages/devicebound/#";
}
