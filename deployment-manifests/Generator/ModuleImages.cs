using System.Text.Json;
using System.Text.Json.Nodes;

namespace EdgeGateway.Manifests;

/// <summary>Names of the images that a <c>module.json</c> describes: <c>repository:version-platform</c>.</summary>
public sealed class ModuleImages
{
    private const string DebugSuffix = ".debug";
    private readonly string _repository;
    private readonly string _version;
    private readonly List<string> _platforms;

    private ModuleImages(string repository, string version, List<string> platforms) =>
        (_repository, _version, _platforms) = (repository, version, platforms);

    /// <summary>Platforms with an image for use, such as amd64 and arm64v8.</summary>
    public IEnumerable<string> Platforms => _platforms.Where(p => !p.EndsWith(DebugSuffix, StringComparison.Ordinal));

    /// <summary>Reads a <c>module.json</c>.</summary>
    /// <exception cref="GenerateException">It cannot be read, or lacks what names an image.</exception>
    public static ModuleImages Read(string path)
    {
        try
        {
            var image = JsonNode.Parse(File.ReadAllText(path))?["image"];
            var tag = image?["tag"];
            return image?["repository"]?.GetValue<string>() is { } repository && tag?["version"]?.GetValue<string>() is { } version
                && tag["platforms"] is JsonObject platforms
                ? new ModuleImages(repository, version, [.. platforms.Select(p => p.Key)])
                : throw new GenerateException($"{path} lacks image.repository, image.tag.version or image.tag.platforms.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException or InvalidOperationException)
        {
            throw new GenerateException($"{path} cannot be read: {e.Message}", e);
        }
    }

    /// <summary>True where there is an image with debugger for the platform.</summary>
    public bool HasDebug(string platform) => _platforms.Contains(platform + DebugSuffix);

    /// <summary>The image for a platform, as the layer above hands it out; null where there is none.</summary>
    public string? NameAbove(string platform) =>
        NameFor(platform, debug: false) is { } name ? "$upstream:443" + name[name.IndexOf('/', StringComparison.Ordinal)..] : null;

    /// <summary>The image for a platform, with placeholders in it; null where there is none.</summary>
    public string? NameFor(string platform, bool debug)
    {
        var tag = debug ? platform + DebugSuffix : platform;
        return _platforms.Contains(tag) ? $"{_repository}:{_version}-{tag}" : null;
    }
}
