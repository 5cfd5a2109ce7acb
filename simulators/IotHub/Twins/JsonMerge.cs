using System.Text.Json.Nodes;

namespace EdgeGateway.Simulators.IotHub.Twins;

/// <summary>JSON merge patches (RFC 7396) of objects.</summary>
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

    /// <summary>The patch that makes <paramref name="to"/> of <paramref name="from"/>.</summary>
    public static JsonObject Difference(JsonObject from, JsonObject to)
    {
        var patch = new JsonObject();
        foreach (var (key, _) in from.Where(p => !to.ContainsKey(p.Key)))
        {
            patch[key] = null;
        }

        foreach (var (key, value) in to)
        {
            if (from[key] is JsonObject before && value is JsonObject after)
            {
                var below = Difference(before, after);
                if (below.Count > 0)
                {
                    patch[key] = below;
                }
            }
            else if (!JsonNode.DeepEquals(from[key], value))
            {
                patch[key] = value?.DeepClone();
            }
        }

        return patch;
    }
}
