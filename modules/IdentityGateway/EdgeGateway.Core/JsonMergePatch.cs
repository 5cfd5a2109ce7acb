using System.Text.Json.Nodes;

namespace EdgeGateway.Core;

/// <summary>Computes and applies JSON merge patches (RFC 7396), the form in which twins change.</summary>
/// <remarks>A property that is null in a document counts as absent.</remarks>
public static class JsonMergePatch
{
    /// <summary>Computes the patch that turns <paramref name="from"/> into <paramref name="to"/>: only what differs, null for what is removed.</summary>
    /// <returns>The patch; null where nothing differs.</returns>
    public static JsonObject? Difference(JsonObject from, JsonObject to)
    {
        var patch = new JsonObject();
        foreach (var (name, value) in from)
        {
            if (value is not null && to[name] is null)
            {
                patch[name] = null;
            }
        }

        foreach (var (name, value) in to)
        {
            if (value is null)
            {
                continue;
            }

            var before = from[name];
            if (value is JsonObject section && before is JsonObject sectionBefore)
            {
                if (Difference(sectionBefore, section) is { } inner)
                {
                    patch[name] = inner;
                }
            }
            else if (!JsonNode.DeepEquals(before, value))
            {
                patch[name] = value.DeepClone();
            }
        }

        return patch.Count == 0 ? null : patch;
    }

    /// <summary>Merges a later patch into an earlier one. A null stays: it still has to remove something at the receiver.</summary>
    public static void Combine(JsonObject earlier, JsonObject later)
    {
        foreach (var (name, value) in later)
        {
            if (value is JsonObject section && earlier[name] is JsonObject sectionBefore)
            {
                Combine(sectionBefore, section);
            }
            else
            {
                earlier[name] = value?.DeepClone();
            }
        }
    }

    /// <summary>Applies a patch to a copy of a document.</summary>
    /// <returns>The changed copy.</returns>
    public static JsonObject Applied(JsonObject document, JsonObject patch)
    {
        var copy = document.DeepClone().AsObject();
        Apply(copy, patch);
        return copy;
    }

    /// <summary>Applies a patch to a document in place.</summary>
    public static void Apply(JsonObject document, JsonObject patch)
    {
        foreach (var (name, value) in patch)
        {
            if (value is null)
            {
                document.Remove(name);
            }
            else if (value is JsonObject section)
            {
                if (document[name] is not JsonObject target)
                {
                    document[name] = target = [];
                }

                Apply(target, section);
            }
            else
            {
                document[name] = value.DeepClone();
            }
        }
    }
}
