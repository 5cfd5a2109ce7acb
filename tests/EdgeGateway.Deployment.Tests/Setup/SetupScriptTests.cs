using System.Text.Json;
using System.Text.Json.Nodes;
using EdgeGateway.Testing;

namespace EdgeGateway.Deployment.Tests.Setup;

/// <summary>One script knows what must be installed; ./test.sh and the dev container use it.</summary>
public sealed class SetupScriptTests
{
    [Theory]
    [InlineData(".ci/setup.sh")]
    [InlineData(".ci/dotnet.sh")]
    [InlineData(".ci/run")]
    [InlineData("test.sh")]
    [InlineData("bench.sh")]
    [InlineData("demo.sh")]
    [InlineData("deployment-manifests/generate.sh")]
    public async Task Script_Syntax_IsRight(string script)
    {
        var (code, _, error) = await Bash.RunAsync(Checkout.Read(script), null, "-n");

        (code, error).Should().Be((0, ""));
    }

    [Theory]
    [InlineData("--bogus", 2)]
    [InlineData("--help", 0)]
    public async Task Setup_Argument_EndsAsPromised(string argument, int expected)
    {
        var (code, _, _) = await Bash.RunAsync($".ci/setup.sh {argument}");

        code.Should().Be(expected);
    }

    [Fact]
    public async Task Setup_NothingThere_CheckNamesEveryPackage()
    {
        using var folder = new TempFolder();
        // looks up every command on an empty PATH, and takes every file for absent
        var script = Checkout.Read(".ci/setup.sh").Replace("PATH=\"$PATH:", "NO_PATH=\"").Replace("[ -e \"$1\" ]", "false");
        await File.WriteAllTextAsync(folder.File("setup.sh"), script);

        var (code, output, error) = await Bash.RunAsync(
            $"ln -s \"$(command -v tr)\" tr; PATH=. {Environment.GetEnvironmentVariable("BASH") ?? "/bin/bash"} setup.sh --all --check", folder.Path);

        code.Should().Be(1);
        output.Should().BeEmpty();
        error.Should().Contain("missing:").And.ContainAll("docker.io", "docker-compose", "gcc-arm-none-eabi", "qemu-system-arm", "libc6-dev");
    }

    [Fact]
    public void DevContainer_SetUp_IsTheScriptOfTheTests()
    {
        var container = JsonNode.Parse(
            Checkout.Read(".devcontainer/devcontainer.json"), null, new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip })!;

        container["onCreateCommand"]!.GetValue<string>().Should().Be(".ci/setup.sh --all");
        container["image"]!.GetValue<string>().Should().StartWith("mcr.microsoft.com/dotnet/sdk:10.0");
        container["features"]!.AsObject().Select(f => f.Key).Should().ContainMatch("*docker-in-docker*");
        Checkout.Read("test.sh").Should().Contain(".ci/setup.sh --tests");
        Checkout.Read(".ci/run").Should().Contain("./test.sh");
    }
}
