using EdgeGateway.Module.CommandLine;

namespace EdgeGateway.Module.Tests.CommandLine;

public sealed class GatewayArgumentsTests
{
    [Fact]
    public void Parse_Nothing_Runs()
    {
        var arguments = GatewayArguments.Parse([]);

        arguments.Command.Should().Be(GatewayCommand.Run);
        arguments.SettingsFile.Should().BeNull();
        arguments.Errors.Should().BeEmpty();
    }

    [Theory]
    [InlineData("--settings", "f.json")]
    [InlineData("--settings=f.json")]
    public void Parse_SettingsFile_IsTaken(params string[] args) => GatewayArguments.Parse(args).SettingsFile.Should().Be("f.json");

    [Theory]
    [InlineData("--Hub:HostName=a=b")]
    [InlineData("--Hub:HostName", "a=b")]
    public void Parse_Setting_IsTaken(params string[] args) =>
        GatewayArguments.Parse(args).Values.Should().ContainSingle().Which.Should().Be(KeyValuePair.Create("Hub:HostName", "a=b"));

    [Theory]
    [InlineData("--check", GatewayCommand.Check)]
    [InlineData("--help", GatewayCommand.Help)]
    [InlineData("-h", GatewayCommand.Help)]
    [InlineData("--version", GatewayCommand.Version)]
    public void Parse_Command_IsKnown(string argument, GatewayCommand command) => GatewayArguments.Parse([argument]).Command.Should().Be(command);

    [Theory]
    [InlineData("--setings", "f.json")]
    [InlineData("f.json")]
    [InlineData("--check=yes")]
    [InlineData("--settings")]
    [InlineData("--settings=")]
    [InlineData("--Hub:Port")]
    [InlineData("--")]
    public void Parse_Nonsense_IsAnError(params string[] args) => GatewayArguments.Parse(args).Errors.Should().NotBeEmpty();

    [Fact]
    public void Parse_SeveralMistakes_AreAllTold() => GatewayArguments.Parse(["--a", "--b", "--Hub:Port"]).Errors.Should().HaveCount(3);
}
