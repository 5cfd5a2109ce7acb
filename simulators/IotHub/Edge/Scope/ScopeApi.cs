using System.Globalization;
using System.Text.Json.Nodes;
using EdgeGateway.Simulators.IotHub.Registry;

namespace EdgeGateway.Simulators.IotHub.Edge.Scope;

/// <summary>Defines the two calls with which an edge hub reads its scope from the hub above, in the form of edgeHub.</summary>
internal static class ScopeApi
{
    public const string All = "devicesAndModulesInTargetDeviceScope";
    public const string One = "getDeviceAndModuleOnBehalfOf";
    public const string ApiVersion = "2020-06-30-preview";

    private static readonly string[] Kinds = ["devices", "modules"];

    /// <summary>Returns whether a path is one of the two calls.</summary>
    public static bool Is(PathString path) =>
        path.Value is { } text && (text.EndsWith($"/{All}", StringComparison.Ordinal) || text.EndsWith($"/{One}", StringComparison.Ordinal));

    /// <summary>Formats the answer of both calls.</summary>
    public static JsonObject Answer(IEnumerable<JsonObject> documents)
    {
        var all = documents.ToLookup(d => d.ContainsKey("moduleId"));
        return new JsonObject
        {
            ["devices"] = new JsonArray([.. all[false]]),
            ["modules"] = new JsonArray([.. all[true]]),
            ["continuationLink"] = null,
        };
    }

    /// <summary>Reads the documents of an answer, devices first.</summary>
    public static IReadOnlyList<JsonObject> Read(JsonObject answer) =>
        [.. Kinds.SelectMany(kind => answer[kind]?.AsArray() ?? []).Select(d => d!.DeepClone().AsObject())];
}

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
