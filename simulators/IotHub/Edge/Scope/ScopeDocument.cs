using System.Globalization;
using System.Text.Json.Nodes;
using EdgeGateway.Simulators.IotHub.Registry;

namespace EdgeGateway.Simulators.IotHub.Edge.Scope;

/// <summary>Reads the document of a device or module.</summary>
internal static class ScopeDocument
{
    /// <exception cref="InvalidOperationException">A field is missing or of another kind.</exception>
    public static (IdentityName Name, IdentityRecord Record) Read(JsonObject document)
    {
        var name = new IdentityName(Required(document, "deviceId"), Text(document, "moduleId"));
        var keys = document["authentication"]?["symmetricKey"] as JsonObject ?? [];
        var record = new IdentityRecord(
            Required(document, "generationId"),
            ETag.Revision(Text(document, "etag")),
            Required(keys, "primaryKey"),
            Required(keys, "secondaryKey"),
            Text(document, "status") is not "disabled",
            document["capabilities"]?["iotEdge"]?.GetValue<bool>() ?? false,
            Text(document, "statusReason"),
            DateTimeOffset.TryParse(Text(document, "statusUpdatedTime"), CultureInfo.InvariantCulture, out var updated) ? updated : default,
            Text(document, "deviceScope"),
            document["parentScopes"] is JsonArray { Count: > 0 } parents ? parents[0]!.GetValue<string>() : null);
        return (name, record);
    }

    private static string? Text(JsonObject document, string field) => document[field]?.GetValue<string>();

    private static string Required(JsonObject document, string field) =>
        Text(document, field) ?? throw new InvalidOperationException($"'{field}' is missing in the document of an identity.");
}
