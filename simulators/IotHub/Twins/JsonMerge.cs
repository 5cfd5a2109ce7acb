using System.Text.Json.Nodes;

namespace EdgeGateway.Simulators.IotHub.Twins;

/// <summary>JSON merge patch (RFC 7396) of objects.</summary>
internal static class JsonMerge
{
    /// <summary>A copy of <paramref name="target"/> with the patch merged in.</summary>
    public static JsonObject Apply(JsonObject target, JsonObject patch)
    {
        var merged = target.DeepClone().AsObject();
        foreach (var (key, value) in patch)
        {
            if (value is null)
            {
                merged.Remove(key);
            }
            else
            {
                merged[key] = value is JsonObject nested ? Apply(merged[key] as JsonObject ?? [], nested) : value.DeepClone();
            }
        }

        return merged;
    }
}
