using System.Text.Json.Nodes;

namespace EdgeGateway.Simulators.IotHub.Edge.Outgoing;

/// <summary>Folds a merge patch into an earlier one, where one patch can say what the two say.</summary>
internal static class PatchFold
{
    /// <summary>The two as one; null where that cannot be: an object on top of what was removed or was a plain value would be merged into old content.</summary>
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
