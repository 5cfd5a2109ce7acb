using System.Text.RegularExpressions;

namespace EdgeGateway.Manifests;

/// <summary>
/// Puts values in the place of <c>${NAME}</c>, <c>$NAME</c>, <c>${MODULES.Folder}</c>, <c>${MODULES.Folder.debug}</c>,
/// <c>${MODULES.Folder.upstream}</c> and <c>${BASE64.file}</c>. Names in capitals only: <c>$edgeHub</c>, <c>$upstream</c> and
/// <c>$connectionModuleId</c> belong to IoT Edge.
/// </summary>
/// <param name="values">Variables of the .env file.</param>
/// <param name="image">Image of a module, by <c>Folder</c>, <c>Folder.debug</c> or <c>Folder.upstream</c>; null where there is none.</param>
/// <param name="file">A file beside the templates, base64; null where there is none.</param>
public sealed partial class Placeholders(
    IReadOnlyDictionary<string, string> values, Func<string, string?> image, Func<string, string?> file)
{
    /// <summary>Expands every placeholder of a text; values are taken as they are, not expanded again.</summary>
    /// <exception cref="GenerateException">A placeholder stands for nothing.</exception>
    public string Expand(string text) => Pattern().Replace(text, match =>
        match.Groups["module"] is { Success: true, Value: var module } ? image(module) ?? throw Unknown(match.Value, "no module.json has it")
        : match.Groups["file"] is { Success: true, Value: var name } ? file(name) ?? throw Unknown(match.Value, "there is no such file beside the templates")
        : values.TryGetValue(match.Groups["name"].Value, out var value) ? value
        : throw Unknown(match.Value, "the .env file does not set it"));

    private static GenerateException Unknown(string placeholder, string why) => new($"{placeholder} stands for nothing: {why}.");

    [GeneratedRegex(@"\$\{MODULES\.(?<module>[A-Za-z0-9_.-]+)\}|\$\{BASE64\.(?<file>[A-Za-z0-9_.-]+)\}|\$\{(?<name>[A-Z_][A-Z0-9_]*)\}|\$(?<name>[A-Z_][A-Z0-9_]*)")]
    private static partial Regex Pattern();
}
