using System.Text.Json.Nodes;
using CsCheck;

namespace EdgeGateway.Core.Tests;

/// <summary>Generates JSON objects with few names, so that two of them often have a name in common.</summary>
internal static class RandomJson
{
    private const int MaxDepth = 3;

    private static readonly Gen<JsonNode?> Plain = Gen.OneOf(
        Gen.Int[0, 3].Select(i => (JsonNode?)JsonValue.Create(i)),
        Gen.String[Gen.Char["ab"], 0, 2].Select(s => (JsonNode?)JsonValue.Create(s)),
        Gen.Bool.Select(b => (JsonNode?)JsonValue.Create(b)),
        Gen.Int[0, 3].Array[0, 2].Select(items => (JsonNode?)new JsonArray([.. items.Select(i => (JsonNode?)JsonValue.Create(i))])));

    /// <summary>Gets documents: objects without null.</summary>
    public static Gen<JsonObject> Document { get; } = Object(Plain, MaxDepth);

    /// <summary>Gets merge patches: objects in which null removes.</summary>
    public static Gen<JsonObject> Patch { get; } = Object(Gen.OneOf(Plain, Gen.Const((JsonNode?)null)), MaxDepth);

    private static Gen<JsonObject> Object(Gen<JsonNode?> leaf, int depth)
    {
        var value = depth == 0 ? leaf : Gen.OneOf(leaf, Object(leaf, depth - 1).Select(o => (JsonNode?)o));
        return Gen.Select(Gen.Char["abcd"].Select(c => c.ToString()), value).Array[0, 4].Select(properties =>
        {
            var made = new JsonObject();
            foreach (var (name, content) in properties)
            {
                made[name] = content?.DeepClone();
            }

            return made;
        });
    }
}
