using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace EdgeGateway.Deployment.Tests.Rules;

/// <summary>The few words of JSON schema that the rules of manifests are written with; each collects what is broken, with its place.</summary>
/// <param name="broken">What is broken, in words.</param>
internal sealed class Shape(List<string> broken)
{
    /// <summary>An object with these keys, each looked at by its rule; others are broken. A key that ends with ! must be there.</summary>
    public void Object(JsonNode? node, string place, params (string Key, Action<JsonNode, string> Rule)[] keys)
    {
        if (Section(node, place) is not { } section)
        {
            return;
        }

        foreach (var (key, rule) in keys)
        {
            var name = key.TrimEnd('!');
            if (section[name] is { } value)
            {
                rule(value, $"{place}/{name}");
            }
            else if (key.EndsWith('!') || section.ContainsKey(name))
            {
                broken.Add($"{place} lacks {name}");
            }
        }

        foreach (var (key, _) in section.Where(p => !keys.Any(k => k.Key.TrimEnd('!') == p.Key)))
        {
            broken.Add($"{place} has {key}, which is unknown there");
        }
    }

    /// <summary>An object whose keys match a pattern.</summary>
    public void Map(JsonNode? node, string place, string pattern, Action<JsonNode, string> rule)
    {
        foreach (var (key, value) in Section(node, place) ?? [])
        {
            if (!Regex.IsMatch(key, pattern))
            {
                broken.Add($"{place} has {key}, a name that is not allowed there");
            }
            else if (value is null)
            {
                broken.Add($"{place}/{key} is null");
            }
            else
            {
                rule(value, $"{place}/{key}");
            }
        }
    }

    /// <summary>Text, by default any.</summary>
    public Action<JsonNode, string> Text(string pattern = "") => (node, place) =>
    {
        if (node.GetValueKind() != JsonValueKind.String)
        {
            broken.Add($"{place} is no text");
        }
        else if (!Regex.IsMatch(node.GetValue<string>(), pattern))
        {
            broken.Add($"{place} is '{node.GetValue<string>()}', which does not match {pattern}");
        }
    };

    /// <summary>One of these texts.</summary>
    public Action<JsonNode, string> OneOf(params string[] choices) => Text($"^({string.Join('|', choices.Select(Regex.Escape))})$");

    /// <summary>A whole number.</summary>
    public Action<JsonNode, string> Number(long min, long max) => (node, place) =>
    {
        if (node.GetValueKind() != JsonValueKind.Number || !node.AsValue().TryGetValue<long>(out var value) || value < min || value > max)
        {
            broken.Add($"{place} is {node.ToJsonString()}, expected is a whole number from {min} to {max}");
        }
    };

    /// <summary>A single value of one of these kinds.</summary>
    public Action<JsonNode, string> Kind(params JsonValueKind[] kinds) => (node, place) =>
    {
        if (!kinds.Contains(node.GetValueKind()))
        {
            broken.Add($"{place} is {node.GetValueKind()}, expected is {string.Join(" or ", kinds)}");
        }
    };

    /// <summary>The node as an object; null, and broken, where it is none.</summary>
    public JsonObject? Section(JsonNode? node, string place)
    {
        if (node is JsonObject section)
        {
            return section;
        }

        broken.Add($"{place} is no object");
        return null;
    }
}
