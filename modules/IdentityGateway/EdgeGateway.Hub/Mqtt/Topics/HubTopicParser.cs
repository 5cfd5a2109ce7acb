using System.Globalization;

namespace EdgeGateway.Hub.Mqtt.Topics;

/// <summary>Recognises the topics of IoT Hub's MQTT contract.</summary>
internal static class HubTopicParser
{
    public static HubTopic? Parse(string topic)
    {
        var levels = topic.Split('/');
        return levels switch
        {
            ["$iothub", "twin", "res", var status, var bag] => TwinResponse(status, PropertyBag.Parse(bag)),
            ["$iothub", "twin", "GET", var bag] => Rid(bag) is { } rid ? new TwinGetTopic(rid) : null,
            ["$iothub", "twin", "PATCH", "properties", "reported", var bag] => Rid(bag) is { } rid ? new ReportedPatchTopic(rid) : null,
            ["$iothub", "twin", "PATCH", "properties", "desired", var bag] => DesiredPatch(PropertyBag.Parse(bag)),
            ["$iothub", "methods", "POST", var name, var bag] =>
                Rid(bag) is { } rid ? new MethodRequestTopic(Uri.UnescapeDataString(name), rid) : null,
            ["$iothub", "methods", "res", var status, var bag] =>
                Rid(bag) is { } rid && Number(status) is { } number ? new MethodResponseTopic((int)number, rid) : null,
            ["devices", var device, "messages", "events", .. var rest] => Telemetry(device, null, rest),
            ["devices", var device, "modules", var module, "messages", "events", .. var rest] => Telemetry(device, module, rest),
            ["devices", var device, "messages", "devicebound", .. var rest] =>
                rest.Length <= 1 ? new CloudToDeviceTopic(device, PropertyBag.Parse(rest is [var bag] ? bag : "")) : null,
            _ => null,
        };
    }

    private static TelemetryTopic? Telemetry(string device, string? module, string[] rest) => rest switch
    {
        [] or [_] or [_, ""] => new TelemetryTopic(device, module, PropertyBag.Parse(rest is [var bag, ..] ? bag : "")),
        _ => null,
    };

    private static TwinResponseTopic? TwinResponse(string status, IReadOnlyDictionary<string, string> bag) =>
        Number(status) is { } number && bag.TryGetValue("$rid", out var rid)
            ? new TwinResponseTopic((int)number, rid, bag.TryGetValue("$version", out var version) ? Number(version) : null)
            : null;

    private static DesiredPatchTopic? DesiredPatch(IReadOnlyDictionary<string, string> bag) =>
        bag.TryGetValue("$version", out var text) && Number(text) is { } version ? new DesiredPatchTopic(version) : null;

    private static string? Rid(string bag) => PropertyBag.Parse(bag).TryGetValue("$rid", out var rid) ? rid : null;

    private static long? Number(string text) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
