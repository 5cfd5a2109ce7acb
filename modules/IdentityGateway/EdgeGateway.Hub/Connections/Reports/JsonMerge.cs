using System.Text.Json.Nodes;

namespace EdgeGateway.Hub.Connections.Reports;

/// <summary>JSON merge patches (RFC 7386), the form in which reported properties are sent.</summary>
public static class JsonMerge
{
    /// <summary>
    /// The patch that makes <paramref name="to"/> of <paramref name="from"/>: only what differs, null for what goes; null if nothing does.
    /// </summary>
    public static JsonObject? Difference(JsonObject from, JsonObject to)
    {
        var patch = new JsonObject();
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

        foreach (var (name, value) in from)
        {
            if (value is not null && to[name] is null)
            {
                patch[name] = null;
            }
        }

        return patch.Count == 0 ? null : patch;
    }

    /// <summary>Merges a later patch into an earlier one; a null stays, as it still has to remove something at the hub.</summary>
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

    /// <summary>Applies a patch to a document.</summary>
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
