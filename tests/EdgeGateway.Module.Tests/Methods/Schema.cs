using System.Text.Json;
using System.Text.Json.Nodes;

namespace EdgeGateway.Module.Tests.Methods;

/// <summary>The part of JSON Schema that docs/direct-methods.md uses.</summary>
internal static class Schema
{
    private static readonly string[] Known =
    [
        "type", "properties", "required", "additionalProperties", "items", "enum", "minimum", "maximum", "minLength", "maxLength", "minItems",
        "maxItems", "default",
    ];

    /// <summary>Every way in which a value breaks a schema, with the path.</summary>
    public static IEnumerable<string> Problems(JsonObject schema, JsonNode? value, string path = "$")
    {
        foreach (var word in schema.Select(p => p.Key).Except(Known))
        {
            yield return $"{path}: the schema says '{word}', which this test does not know";
        }

        if (!Types(schema).Contains(TypeOf(value)) && !(TypeOf(value) == "integer" && Types(schema).Contains("number")))
        {
            yield return $"{path} is {TypeOf(value)}, expected {string.Join(" or ", Types(schema))}";
        }

        if (schema["enum"] is JsonArray choices && !choices.Any(c => JsonNode.DeepEquals(c, value)))
        {
            yield return $"{path} is {value?.ToJsonString()}, expected one of {choices.ToJsonString()}";
        }

        var inner = value switch
        {
            JsonObject properties => ObjectProblems(schema, properties, path),
            JsonArray items => items.SelectMany((item, i) => Problems(schema["items"]!.AsObject(), item, $"{path}[{i}]")),
            _ => [],
        };
        foreach (var problem in inner)
        {
            yield return problem;
        }
    }

    private static IEnumerable<string> ObjectProblems(JsonObject schema, JsonObject value, string path)
    {
        var properties = schema["properties"] as JsonObject ?? [];
        var missing = (schema["required"] as JsonArray ?? []).Select(r => r!.GetValue<string>()).Where(r => !value.ContainsKey(r));
        var isOpen = schema["additionalProperties"]?.GetValue<bool>() != false;
        var unknown = value.Select(p => p.Key).Where(k => !isOpen && !properties.ContainsKey(k));
        return missing.Select(r => $"{path}.{r} is missing")
            .Concat(unknown.Select(k => $"{path}.{k} is not documented"))
            .Concat(value.Where(p => properties.ContainsKey(p.Key)).SelectMany(p => Problems(properties[p.Key]!.AsObject(), p.Value, $"{path}.{p.Key}")));
    }

    private static IEnumerable<string> Types(JsonObject schema) =>
        schema["type"] is JsonArray several ? several.Select(t => t!.GetValue<string>()) : [schema["type"]!.GetValue<string>()];

    private static string TypeOf(JsonNode? value) => value?.GetValueKind() switch
    {
        null or JsonValueKind.Null => "null",
        JsonValueKind.Object => "object",
        JsonValueKind.Array => "array",
        JsonValueKind.String => "string",
        JsonValueKind.Number => value.ToJsonString().Contains('.') ? "number" : "integer",
        _ => "boolean",
    };
}
