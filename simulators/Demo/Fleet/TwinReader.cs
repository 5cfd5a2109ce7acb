using System.Text.Json;
using EdgeGateway.Simulators.Demo.Deployment;

namespace EdgeGateway.Simulators.Demo.Fleet;

/// <summary>Reads a twin as the service API gives it. The names of the `gateway` component stand in docs/twins.md.</summary>
public static class TwinReader
{
    public static McuTwin Read(JsonElement twin)
    {
        var reported = Find(twin, "properties", "reported");
        var gateway = Find(reported, "gateway");
        var agent = Find(reported, "deviceUpdate", "agent");
        return new McuTwin
        {
            Phase = Text(Find(gateway, "phase")),
            Percent = Number(Find(gateway, "percent")),
            BytesPerSecond = Number(Find(gateway, "bytesPerSecond")),
            RemainingSeconds = Number(Find(gateway, "remainingSeconds")),
            Attempts = (int?)Number(Find(gateway, "attempts")),
            ErrorReason = Text(Find(gateway, "lastError", "reason")),
            ErrorText = Text(Find(gateway, "lastError", "message")),
            Link = Text(Find(gateway, "link", "state")),
            LinkText = Text(Find(gateway, "link", "message")),
            Transfer = ReadTransfer(Find(gateway, "transfer")),
            Class = ReadClass(Find(agent, "deviceProperties")),
            AgentState = (int?)Number(Find(agent, "state")),
            WorkflowId = Text(Find(agent, "workflow", "id")),
            Installed = ReadUpdateId(Text(Find(agent, "installedUpdateId"))),
            ResultDetails = Text(Find(agent, "lastInstallResult", "resultDetails")),
        };
    }

    private static TransferFigures? ReadTransfer(JsonElement? transfer) =>
        Number(Find(transfer, "bytes")) is { } bytes && Number(Find(transfer, "seconds")) is { } seconds
            ? new TransferFigures(
                (long)bytes,
                seconds,
                (long)(Number(Find(transfer, "retransmittedBytes")) ?? 0),
                (long)(Number(Find(transfer, "resumedAt")) ?? 0))
            : null;

    private static DeviceClass? ReadClass(JsonElement? properties) =>
        Text(Find(properties, "manufacturer")) is { } manufacturer && Text(Find(properties, "model")) is { } model
            ? new DeviceClass(manufacturer, model)
            : null;

    // installedUpdateId is a JSON document inside a JSON string
    private static UpdateId? ReadUpdateId(string? text)
    {
        if (text is null)
        {
            return null;
        }

        try
        {
            var id = JsonSerializer.Deserialize<JsonElement>(text);
            return id.ValueKind != JsonValueKind.Object
                ? new UpdateId(text, "", "")
                : new UpdateId(Text(Find(id, "provider")) ?? "", Text(Find(id, "name")) ?? "", Text(Find(id, "version")) ?? "");
        }
        catch (JsonException)
        {
            return new UpdateId(text, "", "");
        }
    }

    private static JsonElement? Find(JsonElement? from, params ReadOnlySpan<string> path)
    {
        foreach (var name in path)
        {
            from = from is { ValueKind: JsonValueKind.Object } parent && parent.TryGetProperty(name, out var child) ? child : null;
        }

        return from;
    }

    private static string? Text(JsonElement? element) => element is { ValueKind: JsonValueKind.String } text ? text.GetString() : null;

    private static double? Number(JsonElement? element) =>
        element is { ValueKind: JsonValueKind.Number } number ? number.GetDouble() : null;
}
