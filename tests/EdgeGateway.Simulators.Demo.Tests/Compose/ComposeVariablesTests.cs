using System.Text.RegularExpressions;
using EdgeGateway.Simulators.Demo.CommandLine;
using EdgeGateway.Simulators.Demo.Compose;

namespace EdgeGateway.Simulators.Demo.Tests.Compose;

public sealed partial class ComposeVariablesTests
{
    private static readonly string File = System.IO.File.ReadAllText(ComposeFile.Find(Checkout.Root));

    [Fact]
    public void Of_Options_AreTheVariablesOfTheFile()
    {
        var options = new DemoOptions { Mcus = 8, McusPerBus = 2, Baud = 9600, LatencyMilliseconds = 0.5, Noise = 1e-6, Seed = 3 };

        var variables = ComposeVariables.Of(options);

        variables.Keys.Should().BeEquivalentTo(
            Variable().Matches(File).Select(match => match.Groups["name"].Value).Where(name => name.StartsWith("EDGEGATEWAY_")).Distinct().Except(["EDGEGATEWAY_PLATFORM"]));
        variables.Values.Should().Equal("8", "2", "9600", "0.5", "1E-06", "3", "", "", "", "");
    }

    [Fact]
    public void File_Defaults_AreThoseOfTheDemo()
    {
        var defaults = ComposeVariables.Of(new DemoOptions());
        foreach (Match match in Variable().Matches(File))
        {
            if (defaults.TryGetValue(match.Groups["name"].Value, out var value) && value.Length > 0)
            {
                match.Groups["default"].Value.Should().Be(value, match.Value);
            }
        }
    }

    [Fact]
    public void File_Ports_AreOnLoopback()
    {
        var ports = Port().Matches(File);

        ports.Should().HaveCount(4).And.OnlyContain(match => match.Groups["port"].Value.StartsWith("127.0.0.1:$"));
    }

    [GeneratedRegex(@"\$\{(?<name>[A-Za-z_]+):?-(?<default>[^}]*)\}")]
    private static partial Regex Variable();

    [GeneratedRegex(@"ports: \[""(?<port>[^""]+)""\]")]
    private static partial Regex Port();
}
