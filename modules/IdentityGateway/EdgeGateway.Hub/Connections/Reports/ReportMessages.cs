using System.Text.Json;
using System.Text.Json.Nodes;
using EdgeGateway.Hub.Connections.Twins;

namespace EdgeGateway.Hub.Connections.Reports;

/// <summary>Cuts patches into messages within the hub's limit, between top-level properties.</summary>
internal static class ReportMessages
{
    /// <summary>Largest message of reported properties, bytes.</summary>
    public const int MaxBytes = 32 * 1024;

    /// <summary>The messages of a patch, in order. A property that alone is too large gets a message of its own, which the hub would refuse.</summary>
    public static IEnumerable<JsonObject> Split(JsonObject patch)
    {
        if (Serialize(patch).Length <= MaxBytes)
        {
            yield return patch;
            yield break;
        }

        var message = new JsonObject();
        var size = 2;
        foreach (var single in SplitEach(patch))
        {
            var added = Serialize(single).Length - 1; // braces off, a comma on
            if (message.Count > 0 && size + added > MaxBytes)
            {
                yield return message;
                (message, size) = ([], 2);
            }

            var (name, value) = single.First();
            message[name] = value?.DeepClone();
            size += added;
        }

        yield return message;
    }

    /// <summary>One message for each property.</summary>
    public static IEnumerable<JsonObject> SplitEach(JsonObject patch) => patch.Select(p => new JsonObject { [p.Key] = p.Value?.DeepClone() });

    public static byte[] Serialize(JsonObject message) => JsonSerializer.SerializeToUtf8Bytes(message, TwinJson.Options);
}
