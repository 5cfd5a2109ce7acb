using EdgeGateway.Manifests;
using EdgeGateway.Testing;

namespace EdgeGateway.Deployment.Tests.Generator;

public sealed class EnvFileTests
{
    [Fact]
    public void Parse_AllForms_GivesTheValues() =>
        EnvFile.Parse(["# A=comment", "", "A=1", " B = two words ", "C=\"quoted # text\"", "D='x=y'", "E="], ".env").Should().Equal(
            new Dictionary<string, string> { ["A"] = "1", ["B"] = "two words", ["C"] = "quoted # text", ["D"] = "x=y", ["E"] = "" });

    [Theory]
    [InlineData("just text")]
    [InlineData("lower=1")]
    [InlineData("1A=1")]
    public void Parse_NoVariable_NamesFileAndLine(string line) =>
        FluentActions.Invoking(() => EnvFile.Parse(["A=1", line], "my.env")).Should().Throw<GenerateException>().WithMessage("my.env, line 2: *");

    [Fact]
    public void Parse_Twice_IsRefused() =>
        FluentActions.Invoking(() => EnvFile.Parse(["A=1", "A=2"], "my.env")).Should().Throw<GenerateException>().WithMessage("*A is set twice*");

    [Fact]
    public void Read_NoFile_SaysSo()
    {
        using var folder = new TempFolder();

        FluentActions.Invoking(() => EnvFile.Read(folder.File(".env"))).Should().Throw<GenerateException>().WithMessage("*.env cannot be read*");
    }
}
