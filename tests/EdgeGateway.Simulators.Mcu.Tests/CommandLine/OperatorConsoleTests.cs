using System.Text.Json;
using EdgeGateway.Simulators.Mcu.CommandLine;
using EdgeGateway.Simulators.Mcu.Flash;
using EdgeGateway.Simulators.Mcu.Host;
using EdgeGateway.Testing;

namespace EdgeGateway.Simulators.Mcu.Tests.CommandLine;

public sealed class OperatorConsoleTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly McuFleet _fleet;

    public OperatorConsoleTests()
    {
        _fleet = new McuFleet(
            new FleetOptions { StateFolder = _folder.Path, Mcus = 2, Geometry = new FlashGeometry { SlotSize = 16 * 1024 } }, TimeProvider.System);
        _fleet.Start();
    }

    [Fact]
    public async Task Run_CommandsThenQuit_AnswersEachAndEnds()
    {
        var answers = await RunAsync("help", "cut mcu-01", "power mcu-01", "unplug 2", "plug 2", "silence mcu-02 100", "show mcu-01", "quit");

        answers.Should().HaveCount(7).And.OnlyContain(answer => answer.StartsWith("OK "));
    }

    [Theory]
    [InlineData("cut mcu-77", "ERROR *mcu-77*")]
    [InlineData("unplug 9", "ERROR *1 to 2*")]
    [InlineData("unplug x", "ERROR *")]
    [InlineData("explode", "ERROR 'explode' is no command*")]
    public async Task Run_WrongCommand_SaysSoAndGoesOn(string command, string expected)
    {
        var answers = await RunAsync(command, "help", "quit");

        answers[0].Should().Match(expected);
        answers[1].Should().StartWith("OK ");
    }

    [Fact]
    public async Task Run_EndOfInput_WaitsForTheStop()
    {
        using var stop = new CancellationTokenSource();
        var run = new OperatorConsole(_fleet, TextReader.Null, TextWriter.Null).RunAsync(stop.Token);
        run.IsCompleted.Should().BeFalse();

        await stop.CancelAsync();

        (await run.WaitAsync(TimeSpan.FromSeconds(30))).Should().Be(0);
    }

    [Fact]
    public void ReadyLine_Always_IsJsonOfAllLines()
    {
        var lines = JsonDocument.Parse(ReadyLine.Of(_fleet)).RootElement.GetProperty("lines");

        lines.GetArrayLength().Should().Be(2);
        lines[0].GetProperty("port").GetString().Should().Be(Path.Combine(_folder.Path, "lines", "line-1"));
        lines[0].GetProperty("halfDuplex").GetBoolean().Should().BeFalse();
        lines[0].GetProperty("mcus")[0].GetProperty("id").GetString().Should().Be("mcu-01");
        lines[0].GetProperty("mcus")[0].GetProperty("address").GetInt32().Should().Be(0);
    }

    public void Dispose()
    {
        _fleet.Dispose();
        _folder.Dispose();
    }

    private async Task<string[]> RunAsync(params string[] commands)
    {
        var output = new StringWriter();
        await new OperatorConsole(_fleet, new StringReader(string.Join('\n', commands)), output).RunAsync(default).WaitAsync(TimeSpan.FromSeconds(30));
        return output.ToString().Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries);
    }
}
