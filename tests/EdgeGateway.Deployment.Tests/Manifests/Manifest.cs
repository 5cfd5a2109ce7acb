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

    public JsonNode Gateway => Kind == ManifestKind.Layered
        ? Modules["$edgeAgent"]!["properties.desired.modules.IdentityGateway"]!
        : Modules["$edgeAgent"]!["properties.desired"]!["modules"]!["IdentityGateway"]!;

    public JsonNode Twin => Kind == ManifestKind.Layered
        ? new JsonObject { ["settings"] = Modules["IdentityGateway"]!["properties.desired.settings"]!.DeepClone() }
        : Modules["IdentityGateway"]!["properties.desired"]!;

    /// <summary>What Docker is told about the gateway's container, put together from its pieces.</summary>
    public JsonNode Options => JsonNode.Parse(string.Concat(Gateway["settings"]!.AsObject()
        .Where(s => s.Key.StartsWith(CreateOptions.Name, StringComparison.Ordinal)).Select(s => s.Value!.GetValue<string>())))!;

    public IReadOnlyDictionary<string, string?> Variables =>
        Gateway["env"]!.AsObject().ToDictionary(v => v.Key, v => (string?)v.Value!["value"]!.ToString());

    public static IReadOnlyList<string> Names { get; } =
        [.. Directory.GetFiles(Path.Combine(Checkout.Manifests, "config")).Select(f => Path.GetFileName(f)!).Order(StringComparer.Ordinal)];

    public static TheoryData<string> AllNames => new(Names);

    public static Manifest Read(string name) => new(name, JsonNode.Parse(Checkout.Read($"deployment-manifests/config/{name}"))!.AsObject());

    public override string ToString() => Name;
}
