using System.Text.Json.Nodes;

namespace EdgeGateway.Hub.Connections.Reports;

/// <summary>Compares reports with a reported section.</summary>
internal static class ReportedState
{
    /// <summary>True where the section is as if the patch had been applied.</summary>
    public static bool Contains(JsonObject reported, JsonObject patch) => Remainder(reported, [patch]) is null;

    /// <summary>What of the patches the section has not got, as one patch; null for nothing.</summary>
    public static JsonObject? Remainder(JsonObject reported, IEnumerable<JsonObject> patches) => JsonMergePatch.Difference(reported, With(reported, patches));

    /// <summary>The section after the patches.</summary>
    public static JsonObject With(JsonObject reported, IEnumerable<JsonObject> patches)
    {
        var result = (JsonObject)reported.DeepClone();
        foreach (var patch in patches)
        {
            JsonMergePatch.Apply(result, patch);
        }

        return result;
    }

    /// <summary>A patch without what another one says too.</summary>
    public static JsonObject Without(JsonObject patch, JsonObject other)
    {
        var result = (JsonObject)patch.DeepClone();
        foreach (var (name, value) in other)
        {
            if (!result.TryGetPropertyValue(name, out var own))
            {
                continue;
            }

            if (own is JsonObject ownSection && value is JsonObject section && Without(ownSection, section) is { Count: > 0 } rest)
            {
                result[name] = rest;
            }
            else if ((own is JsonObject && value is JsonObject) || JsonNode.DeepEquals(own, value))
            {
                result.Remove(name);
            }
        }

        return result;
    }
}
