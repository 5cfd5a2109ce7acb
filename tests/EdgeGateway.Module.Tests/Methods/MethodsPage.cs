using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace EdgeGateway.Module.Tests.Methods;

/// <summary>docs/direct-methods.md, taken apart.</summary>
internal static partial class MethodsPage
{
    /// <summary>Schemas of request and response, by name of the method.</summary>
    public static IReadOnlyDictionary<string, (JsonObject Request, JsonObject Response)> Read()
    {
        var text = File.ReadAllText(RepositoryFile.Find("docs/direct-methods.md"));
        return Section().Matches(text).ToDictionary(
            s => s.Groups[1].Value,
            s => Block().Matches(s.Groups[2].Value) is [var request, var response]
                ? (JsonNode.Parse(request.Groups[1].Value)!.AsObject(), JsonNode.Parse(response.Groups[1].Value)!.AsObject())
                : throw new InvalidOperationException($"{s.Groups[1].Value} needs exactly two schemas."));
    }

    /// <summary>Schema of all answers of 400 or above.</summary>
    public static JsonObject ErrorSchema() =>
        JsonNode.Parse(Block().Match(File.ReadAllText(RepositoryFile.Find("docs/direct-methods.md"))).Groups[1].Value)!.AsObject();

    [GeneratedRegex(@"^### (\w+)\n(.*?)(?=^##|\z)", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Section();

    [GeneratedRegex(@"```json\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Block();
}
