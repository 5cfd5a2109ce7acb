using System.Text.Json.Nodes;
using EdgeGateway.Deployment.Tests.Rules;
using EdgeGateway.Manifests;

namespace EdgeGateway.Deployment.Tests.Manifests;

/// <summary>A generated manifest of the repository, and the parts that tests look at.</summary>
internal sealed class Manifest
{
    private Manifest(string name, JsonObject content)
    {
        Name = name;
        Content = content;
        Kind = name.StartsWith("deployment.layered.", StringComparison.Ordinal) ? ManifestKind.Layered : ManifestKind.Full;
    }

    public string Name { get; }

    public JsonObject Content { get; }

    public ManifestKind Kind { get; }

    public JsonNode Modules => Content["modulesContent"]!;

    /// <summary>Its place in a nested set-up: top, middle or bottom; null for a gateway of its own.</summary>
    public string? Layer => Name.Split('.')[1] is "top" or "middle" or "bottom" ? Name.Split('.')[1] : null;

    /// <summary>It is below another one and reaches nothing else.</summary>
    public bool IsBelow => Layer is "middle" or "bottom";

    /// <summary>Others are below it.</summary>
    public bool IsAbove => Layer is "top" or "middle";

    /// <summary>Everything that edgeAgent runs, by name; only of a whole deployment.</summary>
    public IReadOnlyDictionary<string, JsonNode> AllModules
    {
        get
        {
            var agent = Modules["$edgeAgent"]!["properties.desired"]!;
            return agent["systemModules"]!.AsObject().Concat(agent["modules"]!.AsObject()).ToDictionary(m => m.Key, m => m.Value!);
        }
    }

    public JsonNode Gateway => Kind == ManifestKind.Layered
        ? Modules["$edgeAgent"]!["properties.desired.modules.IdentityGateway"]!
        : Modules["$edgeAgent"]!["properties.desired"]!["modules"]!["IdentityGateway"]!;

    public JsonNode Twin => Kind == ManifestKind.Layered
        ? new JsonObject { ["settings"] = Modules["IdentityGateway"]!["properties.desired.settings"]!.DeepClone() }
        : Modules["IdentityGateway"]!["properties.desired"]!;

    /// <summary>Gets the options of the gateway's container for Docker, put together from their parts.</summary>
    public JsonNode Options => OptionsOf(Gateway);

    public static JsonNode OptionsOf(JsonNode module) => JsonNode.Parse(string.Concat(module["settings"]!.AsObject()
        .Where(s => s.Key.StartsWith(CreateOptions.Name, StringComparison.Ordinal)).Select(s => s.Value!.GetValue<string>())))!;

    public IReadOnlyDictionary<string, string?> Variables =>
        Gateway["env"]!.AsObject().ToDictionary(v => v.Key, v => (string?)v.Value!["value"]!.ToString());

    public static IReadOnlyList<string> Names { get; } =
        [.. Directory.GetFiles(Path.Combine(Checkout.Manifests, "config")).Select(f => Path.GetFileName(f)!).Order(StringComparer.Ordinal)];

    public static TheoryData<string> AllNames => new(Names);

    public static Manifest Read(string name) => new(name, JsonNode.Parse(Checkout.Read($"deployment-manifests/config/{name}"))!.AsObject());

    public override string ToString() => Name;
}
