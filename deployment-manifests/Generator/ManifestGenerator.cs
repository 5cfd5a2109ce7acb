using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace EdgeGateway.Manifests;

/// <summary>
/// Makes the manifests of a folder of templates: <c>deployment[.NAME].template.json</c> becomes <c>deployment[.NAME].PLATFORM.json</c>.
/// </summary>
/// <param name="modules">Folder of the modules; each has a <c>module.json</c> in a folder of its own.</param>
/// <param name="values">Variables of the .env file.</param>
public sealed class ManifestGenerator(string modules, IReadOnlyDictionary<string, string> values)
{
    private const string TemplateEnding = ".template.json";
    private const string DebugEnding = ".debug";
    private const string UpstreamEnding = ".upstream";

    /// <summary>Longest text that a value of a twin may be.</summary>
    private const int LongestValue = 4096;

    private static readonly JsonSerializerOptions Readable = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, WriteIndented = true, IndentSize = 2, NewLine = "\n",
    };

    private readonly Dictionary<string, ModuleImages> _images = Directory.GetDirectories(modules)
        .Where(folder => File.Exists(Path.Combine(folder, "module.json")))
        .ToDictionary(folder => Path.GetFileName(folder), folder => ModuleImages.Read(Path.Combine(folder, "module.json")));

    /// <summary>Every manifest of the templates of a folder, by file name.</summary>
    /// <exception cref="GenerateException">A template is not right.</exception>
    public IReadOnlyDictionary<string, string> Generate(string folder)
    {
        var manifests = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var template in Directory.GetFiles(folder, "*" + TemplateEnding))
        {
            var name = Path.GetFileName(template)[..^TemplateEnding.Length];
            var text = File.ReadAllText(template);
            foreach (var platform in Platforms(debug: text.Contains(DebugEnding + "}", StringComparison.Ordinal)))
            {
                manifests.Add($"{name}.{platform}.json", Expand(template, text, platform));
            }
        }

        return manifests;
    }

    private IEnumerable<string> Platforms(bool debug) =>
        _images.Values.SelectMany(i => i.Platforms.Where(p => !debug || i.HasDebug(p))).Distinct().Order(StringComparer.Ordinal);

    private string Expand(string template, string text, string platform)
    {
        try
        {
            var manifest = JsonNode.Parse(text)!.AsObject();
            manifest.Remove("$schema-template");
            var images = new Placeholders(values, _ => null, _ => null);
            var placeholders = new Placeholders(
                values,
                module => ImageOf(module, platform) is { } name ? images.Expand(name) : null,
                file => Base64Of(Path.Combine(Path.GetDirectoryName(template)!, file)));
            return Expand(manifest, placeholders)!.ToJsonString(Readable) + "\n";
        }
        catch (Exception e) when (e is GenerateException or JsonException or InvalidOperationException)
        {
            throw new GenerateException($"{template}: {e.Message}", e);
        }
    }

    private static string? Base64Of(string path)
    {
        if (!File.Exists(path))
        {
            return null;
        }

        var text = Convert.ToBase64String(File.ReadAllBytes(path));
        return text.Length <= LongestValue
            ? text
            : throw new GenerateException($"{path} has {text.Length} characters as base64, more than the {LongestValue} of a twin's value.");
    }

    // a nested device pulls from the layer above it, which IoT Edge calls $upstream
    private string? ImageOf(string module, string platform) =>
        module.EndsWith(UpstreamEnding, StringComparison.Ordinal)
            ? _images.GetValueOrDefault(module[..^UpstreamEnding.Length])?.NameAbove(platform)
        : module.EndsWith(DebugEnding, StringComparison.Ordinal)
            ? _images.GetValueOrDefault(module[..^DebugEnding.Length])?.NameFor(platform, debug: true)
            : _images.GetValueOrDefault(module)?.NameFor(platform, debug: false);

    private static JsonNode? Expand(JsonNode? node, Placeholders placeholders) => node switch
    {
        JsonObject section => ExpandSection(section, placeholders),
        JsonArray list => new JsonArray([.. list.Select(item => Expand(item, placeholders))]),
        JsonValue value when value.GetValueKind() == JsonValueKind.String => placeholders.Expand(value.GetValue<string>()),
        _ => node?.DeepClone(),
    };

    private static JsonObject ExpandSection(JsonObject section, Placeholders placeholders)
    {
        var result = new JsonObject();
        foreach (var (name, value) in section)
        {
            var expanded = Expand(value, placeholders);
            if (name == CreateOptions.Name && expanded is JsonObject options)
            {
                foreach (var (piece, text) in CreateOptions.ToPieces(options))
                {
                    result.Add(piece, text);
                }
            }
            else
            {
                result.Add(placeholders.Expand(name), expanded);
            }
        }

        return result;
    }
}
