using System.Text.Json.Nodes;
using EdgeGateway.Manifests;
using EdgeGateway.Testing;

namespace EdgeGateway.Deployment.Tests.Generator;

public sealed class ManifestGeneratorTests : IDisposable
{
    private const string Module = """
        {"image":{"repository":"$REGISTRY/gw","tag":{"version":"1.2","platforms":{"amd64":"a","arm64v8":"b","amd64.debug":"c"}}}}
        """;

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Generate_Template_MakesOneManifestAPlatform()
    {
        const string template = """{"$schema-template":"4.0.0","image":"${MODULES.gw}","n":[1,"$REGISTRY"]}""";

        var manifests = Generate(Module, ("deployment.template.json", template));

        manifests.Keys.Should().Equal("deployment.amd64.json", "deployment.arm64v8.json");
        manifests["deployment.arm64v8.json"].Should().EndWith("}\n");
        JsonNode.Parse(manifests["deployment.arm64v8.json"])!.ToJsonString().Should().Be("""{"image":"reg/gw:1.2-arm64v8","n":[1,"reg"]}""");
    }

    [Fact]
    public void Generate_DebugImage_OnlyForPlatformsThatHaveOne()
    {
        var manifests = Generate(Module, ("deployment.debug.template.json", """{"image":"${MODULES.gw.debug}"}"""));

        manifests.Keys.Should().Equal("deployment.debug.amd64.json");
        manifests["deployment.debug.amd64.json"].Should().Contain("reg/gw:1.2-amd64.debug");
    }

    [Fact]
    public void Generate_ImageFromAbove_IsPulledFromTheParent() =>
        Generate(Module, ("deployment.template.json", """{"image":"${MODULES.gw.upstream}"}"""))["deployment.amd64.json"]
            .Should().Contain("\"$upstream:443/gw:1.2-amd64\"");

    [Fact]
    public void Generate_File_IsItsBase64() =>
        Generate(Module, ("deployment.template.json", """{"x":"${BASE64.a.conf}"}"""), ("a.conf", "abc"))["deployment.amd64.json"]
            .Should().Contain("\"YWJj\"");

    [Fact]
    public void Generate_FileTooLongForATwin_NamesItAndItsLength() =>
        FluentActions.Invoking(() => Generate(Module, ("deployment.template.json", """{"x":"${BASE64.a.conf}"}"""), ("a.conf", new string('x', 3073))))
            .Should().Throw<GenerateException>().WithMessage("*a.conf has 4100 characters as base64, more than the 4096*");

    [Fact]
    public void Generate_CreateOptions_BecomeTextInPieces()
    {
        const string template = """{"createOptions":{"HostConfig":{"Binds":["$REGISTRY"]},"x":"LONG"}}""";

        var manifests = Generate(Module, ("deployment.template.json", template.Replace("LONG", new string('y', 500))));

        var settings = JsonNode.Parse(manifests["deployment.amd64.json"])!;
        settings["createOptions"]!.GetValue<string>().Should().StartWith("""{"HostConfig":{"Binds":["reg"]},""").And.HaveLength(512);
        settings["createOptions01"]!.GetValue<string>().Should().EndWith("y\"}");
    }

    [Theory]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("""{"a":"$UNKNOWN"}""")]
    [InlineData("""{"a":"${MODULES.other}"}""")]
    public void Generate_BadTemplate_NamesTheFile(string template) =>
        FluentActions.Invoking(() => Generate(Module, ("deployment.template.json", template)))
            .Should().Throw<GenerateException>().WithMessage("*deployment.template.json: *");

    [Theory]
    [InlineData("{")]
    [InlineData("{}")]
    [InlineData("""{"image":{"repository":1,"tag":{"version":"1","platforms":{}}}}""")]
    public void Generate_BadModule_NamesTheFile(string module) =>
        FluentActions.Invoking(() => Generate(module)).Should().Throw<GenerateException>().WithMessage("*module.json *");

    private IReadOnlyDictionary<string, string> Generate(string module, params (string Name, string Text)[] templates)
    {
        Directory.CreateDirectory(_folder.File("modules/gw"));
        Directory.CreateDirectory(_folder.File("modules/no-module"));
        File.WriteAllText(_folder.File("modules/gw/module.json"), module);
        foreach (var (name, text) in templates)
        {
            File.WriteAllText(_folder.File(name), text);
        }

        return new ManifestGenerator(_folder.File("modules"), new Dictionary<string, string> { ["REGISTRY"] = "reg" }).Generate(_folder.Path);
    }
}
