using EdgeGateway.Simulators.Demo.Display;
using EdgeGateway.Simulators.Demo.Fleet;
using EdgeGateway.Simulators.Demo.Tests.Fleet;
using Spectre.Console;

namespace EdgeGateway.Simulators.Demo.Tests.Display;

public sealed class FleetPictureTests
{
    [Fact]
    public void Draw_SmallFleet_HasABarForEach()
    {
        var lines = Draw(40, Some.Fleet(Some.Transferring("mcu-01", 50), Some.Done("mcu-02"), Some.Failed("mcu-03")));

        lines.Should().HaveCount(4);
        lines[0].Should().MatchRegex("mcu-01 +Transferring +━+ +50 % +11.2 kB/s +4 s");
        lines[1].Should().MatchRegex("mcu-02 +updated +━+ +100 %");
        lines[2].Should().MatchRegex("mcu-03 +failed");
        lines[3].Should().Be("1 of 3 updated, 1 transferring, 1 failed, 6 s");
    }

    [Fact]
    public void Draw_WaitingForTheLine_TheDownloadIsNoProgressOfTheMicrocontroller()
    {
        var waiting = Some.Transferring("mcu-01", 100);

        var lines = Draw(40, Some.Fleet(waiting with { Twin = waiting.Twin with { Phase = "WaitingForLine" } }));

        lines[0].Should().MatchRegex("mcu-01 +WaitingForLine +━+ +0 %$");
    }

    [Fact]
    public void Draw_FleetLargerThanTheTerminal_ShowsTheFailedAndTheActive()
    {
        var done = Enumerable.Range(0, 60).Select(i => Some.Done($"done-{i}"));
        McuStatus[] fleet = [.. done, Some.Transferring("active", 20), Some.Failed("failed")];

        var lines = Draw(10, Some.Fleet(fleet));

        lines.Should().HaveCount(5);
        lines[0].Should().StartWith("failed");
        lines[1].Should().StartWith("active");
        lines[^1].Should().StartWith("58 more; 60 of 62 updated");
    }

    [Fact]
    public void Draw_Layers_TheLinksStandAboveTheBars() =>
        Draw(40, Some.Fleet(Some.Done("mcu-01")) with { Links = [new("origin-top", 66_191), new("top-bottom", 0)] })[0]
            .Should().Be("links: origin-top 66.2 kB, top-bottom 0.0 kB");

    [Fact]
    public void Draw_Notes_StandAboveAndAreNoMarkup() => Draw(40, null, "[not a tag] of {w}").Should().Equal("[not a tag] of {w}");

    private static string[] Draw(int height, FleetSnapshot? fleet, params string[] notes)
    {
        var output = new StringWriter();
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Ansi = AnsiSupport.No, Out = new AnsiConsoleOutput(output) });
        console.Profile.Width = 120;
        console.Write(new FleetPicture(height).Draw(fleet, notes));
        return [.. output.ToString().Split('\n').Select(line => line.Trim()).Where(line => line.Length > 0)];
    }
}
