using EdgeGateway.Deployment.Tests.Manifests;
using EdgeGateway.Testing;

namespace EdgeGateway.Deployment.Tests.Generator;

/// <summary>The executable behind generate.sh.</summary>
public sealed class CommandLineTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Run_OwnVariables_WritesToTheFolder()
    {
        var example = Checkout.Read("deployment-manifests/.env.example");
        await File.WriteAllTextAsync(_folder.File("my.env"), example.Replace("=contoso.azurecr.io", "=fabrikam.azurecr.io"));

        var (code, output, error) = await RunAsync($"--env {_folder.File("my.env")} --output {_folder.File("out")}");

        (code, error).Should().Be((0, ""));
        output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Should().Equal(Manifest.Names.Select(n => Path.Combine(_folder.File("out"), n)));
        (await File.ReadAllTextAsync(_folder.File("out/deployment.amd64.json"))).Should().Contain("fabrikam.azurecr.io/identity-gateway");
    }

    [Theory]
    [InlineData("A=1\n", "stands for nothing")]
    [InlineData("not a variable\n", "line 1")]
    public async Task Run_WrongVariables_EndsWith1AndSaysWhy(string variables, string expected)
    {
        await File.WriteAllTextAsync(_folder.File("my.env"), variables);

        var (code, _, error) = await RunAsync($"--env {_folder.File("my.env")} --output {_folder.File("out")}");

        code.Should().Be(1);
        error.Should().StartWith("generate.sh: ").And.Contain(expected);
        Directory.GetFiles(_folder.Path, "*.json", SearchOption.AllDirectories).Should().BeEmpty();
    }

    private static Task<(int ExitCode, string Output, string Error)> RunAsync(string arguments) =>
        Bash.RunAsync($"dotnet {Path.Combine(AppContext.BaseDirectory, "EdgeGateway.Manifests.dll")} {arguments}");
}
