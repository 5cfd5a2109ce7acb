using EdgeGateway.Simulators.Demo.Display;
using EdgeGateway.Simulators.Demo.Fleet;
using EdgeGateway.Simulators.Demo.Reporting;
using EdgeGateway.Simulators.Demo.Tests.Fleet;
using Spectre.Console;

namespace EdgeGateway.Simulators.Demo.Tests.Display;

public sealed class SummaryTableTests
{
    [Fact]
    public void Write_SmallFleet_ShowsEveryRowAndTheReasons()
    {
        var text = Write(Some.Done("mcu-01"), Some.Failed("mcu-02"));

        text.Should().MatchRegex(@"mcu-01 +1\.0\.0 +2\.0\.0 +succeeded +65536 +5\.80 +98.1 % +1024 +0")
            .And.Contain("mcu-02: McuSilent: no answer; it runs version 1.0.0")
            .And.Contain("1 of 2 microcontrollers run the new image after 6.3 s; image 65536 bytes, the origin served 65536 bytes.");
    }

    [Fact]
    public void Write_LargeFleet_ShowsOnlyWhatFailed()
    {
        var text = Write([.. Enumerable.Range(0, 40).Select(i => Some.Done($"done-{i}")), Some.Failed("bad")]);

        text.Should().NotContain("done-").And.Contain("bad: McuSilent").And.Contain("40 of 41 microcontrollers");
    }

    [Fact]
    public void Write_Layers_ShowsWhatEachLinkCarried() =>
        Write(Some.Fleet(Some.Done("mcu-01")) with { Links = [new("origin-top", 66_191), new("top-bottom", 67_000)] })
            .Should().Contain("Link origin-top: 66191 bytes down, 1.010 x the image.")
            .And.Contain("Link top-bottom: 67000 bytes down, 1.022 x the image.");

    private static string Write(params McuStatus[] mcus) => Write(Some.Fleet(mcus));

    private static string Write(FleetSnapshot fleet)
    {
        var output = new StringWriter();
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Ansi = AnsiSupport.No, Out = new AnsiConsoleOutput(output) });
        console.Profile.Width = 160;
        SummaryTable.Write(new ReportBuilder(115200).Build(65536, 65536, fleet, Some.Usage), console);
        return output.ToString();
    }
}
