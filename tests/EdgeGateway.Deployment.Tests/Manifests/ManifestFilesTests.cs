using System.Text.Json.Nodes;
using EdgeGateway.Deployment.Tests.Rules;
using EdgeGateway.Manifests;

namespace EdgeGateway.Deployment.Tests.Manifests;

/// <summary>The committed manifests are right, and are what the templates make.</summary>
public sealed class ManifestFilesTests
{
    private static IReadOnlyList<string> Templates =>
        [.. Directory.GetFiles(Checkout.Manifests, "*.template.json").Select(f => Path.GetFileName(f)!).Order(StringComparer.Ordinal)];

    public static TheoryData<string> TemplateNames => new(Templates);

    [Theory]
    [MemberData(nameof(Manifest.AllNames), MemberType = typeof(Manifest))]
    public void Manifest_Rules_AreKept(string name)
    {
        var manifest = Manifest.Read(name);

        ManifestRules.Check(manifest.Content, manifest.Kind).Should().BeEmpty();
    }

    [Fact]
    public void Manifests_MadeAgain_AreTheCommittedFiles()
    {
        var values = EnvFile.Read(Path.Combine(Checkout.Manifests, ".env.example"));

        var made = new ManifestGenerator(Checkout.PathOf("modules"), values).Generate(Checkout.Manifests);

        made.Keys.Should().Equal(Manifest.Names, "deployment-manifests/generate.sh makes these from the templates");
        foreach (var (name, text) in made)
        {
            text.Should().Be(Checkout.Read($"deployment-manifests/config/{name}"), "{0} is what generate.sh makes", name);
        }
    }

    [Fact]
    public void Manifests_Templates_AllMakeOnes() => Templates.Should().OnlyContain(template =>
        Manifest.Names.Any(name => name.StartsWith(template.Replace(".template.json", "."), StringComparison.Ordinal)));

    [Theory]
    [MemberData(nameof(TemplateNames))]
    public void Template_Schema_IsVersion4(string name)
    {
        var template = JsonNode.Parse(Checkout.Read($"deployment-manifests/{name}"))!;

        template["$schema-template"]!.GetValue<string>().Should().Be("4.0.0");
    }

    [Theory]
    [MemberData(nameof(TemplateNames))]
    public void Template_RuntimeAndSchemaVersions_AreVariables(string name)
    {
        var agent = JsonNode.Parse(Checkout.Read($"deployment-manifests/{name}"))!["modulesContent"]!["$edgeAgent"]!["properties.desired"];
        if (agent is null)
        {
            name.Should().Contain("layered", "only a layer leaves the runtime alone");
            return;
        }

        agent["schemaVersion"]!.GetValue<string>().Should().Be("${EDGEAGENT_SCHEMA_VERSION}");
        agent["systemModules"]!["edgeAgent"]!["settings"]!["image"]!.GetValue<string>().Should().EndWith(":${EDGE_RUNTIME_VERSION}");
        agent["systemModules"]!["edgeHub"]!["settings"]!["image"]!.GetValue<string>().Should().EndWith(":${EDGE_RUNTIME_VERSION}");
    }

    [Fact]
    public void EnvExample_EveryVariable_IsUsed()
    {
        var texts = string.Concat(Templates.Select(t => Checkout.Read($"deployment-manifests/{t}")))
            + Checkout.Read("modules/IdentityGateway/module.json");

        EnvFile.Read(Path.Combine(Checkout.Manifests, ".env.example")).Keys.Should().OnlyContain(name => texts.Contains("${" + name + "}"));
    }

    [Theory]
    [MemberData(nameof(Manifest.AllNames), MemberType = typeof(Manifest))]
    public void Manifest_Text_HoldsNoPlaceholderAndNoSecret(string name) => Checkout.Read($"deployment-manifests/config/{name}")
        .Should().NotContain("${").And.NotMatchRegex("(?i)SharedAccess|password|AccountKey|(?<![A-Za-z0-9+/])[A-Za-z0-9+/]{43}=");
}
