using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace EdgeGateway.Deployment.Tests.Manifests;

/// <summary><c>module.json</c>, the Dockerfiles and the manifests speak of the same image.</summary>
public sealed class ModuleJsonTests
{
    private const string Folder = "modules/IdentityGateway";

    private static JsonNode Module => JsonNode.Parse(Checkout.Read($"{Folder}/module.json"))!;

    private static string ProductVersion =>
        XDocument.Load(Checkout.PathOf("Directory.Build.props")).Descendants("Version").Single().Value;

    [Fact]
    public void Module_Version_IsTheProducts() => Module["image"]!["tag"]!["version"]!.GetValue<string>().Should().Be(ProductVersion);

    [Fact]
    public void Module_Form_IsThatOfIotEdgesTools()
    {
        Module["$schema-version"]!.GetValue<string>().Should().Be("0.0.1");
        Module["language"]!.GetValue<string>().Should().Be("csharp");
        Module["image"]!["repository"]!.GetValue<string>().Should().MatchRegex(@"^\$\{[A-Z_]+\}/[a-z-]+$");
        Module["image"]!["tag"]!["platforms"]!.AsObject().Select(p => p.Key).Should().Contain(["amd64", "arm64v8"]);
    }

    [Theory]
    [MemberData(nameof(Manifest.AllNames), MemberType = typeof(Manifest))]
    public void Manifest_Image_IsOneOfTheModules(string name)
    {
        var tag = Regex.Match(name, @"\.(amd64|arm64v8)\.json$").Groups[1].Value;

        var manifest = Manifest.Read(name);
        manifest.Gateway["settings"]!["image"]!.GetValue<string>()
            .Should().Be($"{(manifest.IsBelow ? "$upstream:443" : "contoso.azurecr.io")}/identity-gateway:{ProductVersion}-{tag}");
        Module["image"]!["tag"]!["platforms"]![tag].Should().NotBeNull();
    }
}
