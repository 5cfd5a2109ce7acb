using System.Text.Json.Nodes;

namespace EdgeGateway.Simulators.IotHub.Edge.Scope;

/// <summary>The two calls by which an edge hub learns its scope from the hub above; their form is edgeHub's.</summary>
internal static class ScopeApi
{
    public const string All = "devicesAndModulesInTargetDeviceScope";
    public const string One = "getDeviceAndModuleOnBehalfOf";
    public const string ApiVersion = "2020-06-30-preview";

    private static readonly string[] Kinds = ["devices", "modules"];

    /// <summary>Whether a path is one of the two calls.</summary>
    public static bool Is(PathString path) =>
        path.Value is { } text && (text.EndsWith($"/{All}", StringComparison.Ordinal) || text.EndsWith($"/{One}", StringComparison.Ordinal));

    /// <summary>The answer of both calls.</summary>
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

    /// <summary>The documents of an answer, devices first.</summary>
    public static IReadOnlyList<JsonObject> Read(JsonObject answer) =>
        [.. Kinds.SelectMany(kind => answer[kind]?.AsArray() ?? []).Select(d => d!.DeepClone().AsObject())];
}
