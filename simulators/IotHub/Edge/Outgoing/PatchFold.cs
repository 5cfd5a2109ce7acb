using System.Text.Json.Nodes;

namespace EdgeGateway.Simulators.IotHub.Edge.Outgoing;

/// <summary>Combines two merge patches where one patch can have the effect of both.</summary>
internal static class PatchFold
{
    /// <summary>Combines two patches.</summary>
    /// <returns>The combined patch; null where an object follows a null or a plain value: combined, it would be merged into older content.</returns>
    public static JsonObject? Fold(JsonObject earlier, JsonObject later)
    {
        var folded = earlier.DeepClone().AsObject();
        return Into(folded, later) ? folded : null;
    }

    private static bool Into(JsonObject target, JsonObject patch)
    {
        foreach (var (key, value) in patch)
        {
            if (value is JsonObject below && target.TryGetPropertyValue(key, out var before))
            {
                if (before is not JsonObject inner || !Into(inner, below))
                {
                    return false;
                }
            }
            else
            {
                target[key] = value?.DeepClone();
            }
        }

        return true;
    }
}
