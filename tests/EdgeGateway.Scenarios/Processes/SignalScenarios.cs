using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using EdgeGateway.Scenarios.Site;
using Xunit.Abstractions;

namespace EdgeGateway.Scenarios.Processes;

/// <summary>The executable under signals, as Docker sends them.</summary>
public sealed partial class SignalScenarios(ITestOutputHelper output)
{
    private const string Mcu = "mcu-01";

    private static readonly TimeSpan StopLimit = TimeSpan.FromSeconds(8);

    [Fact]
    public async Task Sigterm_InMidTransfer_EndsInTimeWithTheJournalWhole()
    {
        await using var site = await ScenarioSite.StartAsync(output, new SiteOptions { Mcus = 2, Baud = 230_400, StartGateway = false });
        await using var process = await site.StartGatewayProcessAsync();
        var deployment = site.Publish(FirmwareImage.Of(1));
        site.Deploy(deployment);
        await site.MidTransferAsync(Mcu, percent: 20);

        var (exitCode, took) = await process.TerminateAsync();

        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"stopped after {took.TotalMilliseconds:0} ms"));
        exitCode.Should().Be(0);
        took.Should().BeLessThan(StopLimit);
        Directory.GetFiles(site.JournalFolder).Select(Path.GetFileName).Should().BeEquivalentTo("mcu-01.json", "mcu-02.json");
        JsonNode.Parse(File.ReadAllText(Path.Combine(site.JournalFolder, "mcu-01.json")))!.ToJsonString().Should().Contain("Transferring");
        process.Lines.Should().NotContain(line => line.Contains("did not stop within", StringComparison.Ordinal));
        site.Twin(Mcu).Now.AgentState.Should().Be(6, "a stop cancels no deployment");

        await site.StartGatewayAsync();
        await site.SucceedsAsync(deployment);
        site.Twin(Mcu).Now.ResumedAt.Should().BePositive();
    }

    [Fact]
    public async Task Run_Always_WritesLinesAsTheRuntimeDoes()
    {
        await using var site = await ScenarioSite.StartAsync(output, new SiteOptions { StartGateway = false });
        await using var process = await site.StartGatewayProcessAsync("--Module:LogLevel=debug");
        await site.OnlineAsync();
        await process.TerminateAsync();

        process.Lines.Should().OnlyContain(line => DebugLine().IsMatch(line));
    }

    [Fact]
    public async Task Sigterm_WhileItWaitsForSettings_EndsInTime()
    {
        await using var site = await ScenarioSite.StartAsync(output, new SiteOptions { StartGateway = false });
        await using var process = await site.StartGatewayProcessAsync("--Firmware:MaxAttempts=0");
        await process.WaitAsync("Firmware:MaxAttempts = '0' (command line): expected 1 to 100");
        await process.WaitAsync("Metrics and health are served. Address=http://127.0.0.1:");
        await site.ModuleTwin.WaitAsync(twin => twin.Reported["gateway"]?["problems"] is JsonArray { Count: 1 } problems
            && ((string?)problems[0]!["message"])!.Contains("Firmware:MaxAttempts", StringComparison.Ordinal));

        var (exitCode, took) = await process.TerminateAsync();

        exitCode.Should().Be(0);
        took.Should().BeLessThan(StopLimit);
    }

    [Fact]
    public async Task Health_OfARunningGateway_Ends0()
    {
        await using var site = await ScenarioSite.StartAsync(output, new SiteOptions { StartGateway = false });
        await using var process = await site.StartGatewayProcessAsync();
        var port = new Uri((await process.WaitAsync("Metrics and health are served. Address=")).Split('=')[^1]).Port;

        await using var probe = GatewayProcess.Start(
            ["--health", "--Web:Address=127.0.0.1", string.Create(CultureInfo.InvariantCulture, $"--Web:Port={port}")], new Dictionary<string, string>());

        (await probe.ExitAsync()).Should().Be(0);
        await process.TerminateAsync();
    }

    [GeneratedRegex(@"^<[03467]> \d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{3} \+00:00 \[(FTL|ERR|WRN|INF|DBG|VRB)\] \[\w+(`\d)?\] - .+$")]
    private static partial Regex DebugLine();
}
