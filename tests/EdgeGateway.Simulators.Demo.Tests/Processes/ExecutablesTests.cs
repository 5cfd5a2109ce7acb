using EdgeGateway.Simulators.Demo.Processes;
using EdgeGateway.Testing;

namespace EdgeGateway.Simulators.Demo.Tests.Processes;

public sealed class ExecutablesTests
{
    [Fact]
    public void Find_BuiltProject_IsInTheSameConfiguration()
    {
        using var folder = new TempFolder();
        var expected = Path.Combine(folder.Path, "Other", "release", "Other");
        Directory.CreateDirectory(Path.GetDirectoryName(expected)!);
        File.WriteAllText(expected, "");

        new Executables(Path.Combine(folder.Path, "Demo", "release") + "/").Find("Other").Should().Be(expected);
    }

    [Fact]
    public void Find_NotBuilt_SaysHowToBuild()
    {
        using var folder = new TempFolder();

        var find = () => new Executables(Path.Combine(folder.Path, "Demo", "debug")).Find("Other");

        find.Should().Throw<FileNotFoundException>()
            .WithMessage("*Other*is missing; build it first: dotnet build simulators/Demo -c debug");
    }
}
