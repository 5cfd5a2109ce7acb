using System.Text.Json.Nodes;

namespace EdgeGateway.Hub.Tests.Connections.Reports;

/// <summary>JSON merge patch as the hub applies it, written straight from RFC 7386.</summary>
internal static class MergePatch
{
    public static void Apply(JsonObject target, JsonObject patch)
    {
        foreach (var (name, value) in patch)
        {
            switch (value)
            {
                case null:
                    target.Remove(name);
                    break;
                case JsonObject child:
                    if (target[name] is not JsonObject inner)
                    {
                        target[name] = inner = [];
                    }

                    Apply(inner, child);
                    break;
                default:
                    target[name] = value.DeepClone();
                    break;
            }
        }
    }
}
