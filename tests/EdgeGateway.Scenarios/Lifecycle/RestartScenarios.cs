using System.Diagnostics;
using EdgeGateway.Scenarios.Site;
using EdgeGateway.Serial;
using EdgeGateway.Simulators.Origin.Faults;
using Xunit.Abstractions;

namespace EdgeGateway.Scenarios.Lifecycle;

/// <summary>Gateways that are killed, stopped and started again on the same data folder: nothing is done twice, nothing is lost.</summary>
public sealed class RestartScenarios(ITestOutputHelper output)
{
    private const string Mcu = "mcu-01";
    private const int Slow = 230_400;

    [Fact]
    public async Task Gateway_KilledInMidTransfer_ResumesWithOneDownloadAndOneActivation()
    {
        await using var site = await ScenarioSite.StartAsync(output, new SiteOptions { Mcus = 2, Baud = Slow });
        var deployment = site.Publish(FirmwareImage.Of(1));
        site.Deploy(deployment);
        await site.MidTransferAsync(Mcu, percent: 20);

        await site.KillGatewayAsync();
        site.Truth(Mcu).BootCount.Should().Be(1);
        await site.StartGatewayAsync();

        await site.SucceedsAsync(deployment);
        site.Twin(Mcu).Now.ResumedAt.Should().BePositive();
        site.Twin(Mcu).Now.TransferredBytes.Should().BeLessThan(deployment.Image.Size);
        site.Origin.Served.Bytes.Should().Be(deployment.Image.Size);
        foreach (var id in site.McuIds)
        {
            site.Truth(id).BootCount.Should().Be(2, "it was activated once");
        }
    }

    [Fact]
    public async Task Gateway_KilledAgainAndAgain_GetsThere()
    {
        await using var site = await ScenarioSite.StartAsync(output, new SiteOptions { Baud = Slow });
        var deployment = site.Publish(FirmwareImage.Of(1));
        site.Deploy(deployment);

        foreach (var percent in new[] { 10, 40, 70 })
        {
            await site.MidTransferAsync(Mcu, percent);
            await site.KillGatewayAsync();
            await site.StartGatewayAsync();
        }

        await site.SucceedsAsync(deployment);
        site.Twin(Mcu).Now.ResumedAt.Should().BeGreaterThan(deployment.Image.Size / 2);
        site.Truth(Mcu).BootCount.Should().Be(2);
    }

    [Fact]
    public async Task Gateway_KilledInMidDownload_TakesTheRestByRange()
    {
        await using var site = await ScenarioSite.StartAsync(
            output, new SiteOptions { Settings = new Dictionary<string, string> { ["Content:SlowGrace"] = "00:00:30" } });
        var deployment = site.Publish(FirmwareImage.Of(1));
        site.Origin.Faults.Set(new Fault(FaultKind.Slow, BytesPerSecond: 10_000));
        site.Deploy(deployment);
        await site.Twin(Mcu).WaitAsync(twin => twin.Phase == "Downloading" && twin.Percent >= 40);

        await site.KillGatewayAsync();
        site.Origin.Faults.Clear();
        await site.StartGatewayAsync();

        await site.SucceedsAsync(deployment);
        site.Origin.Served.Bytes.Should().BeLessThanOrEqualTo(deployment.Image.Size + 10_000, "what had arrived is not asked for again");
    }

    [Fact]
    public async Task Gateway_KilledWhileNewImageBoots_ConfirmsIt()
    {
        await using var site = await ScenarioSite.StartAsync(
            output, new SiteOptions { Fleet = fleet => fleet with { BootTime = TimeSpan.FromSeconds(1) } });
        var deployment = site.Publish(FirmwareImage.Of(1));
        site.Deploy(deployment);
        await site.Fleet.WaitForAsync(Mcu, truth => truth.BootState == BootState.Trial, CancellationToken.None).WaitAsync(ChangeSignal.Patience);

        await site.KillGatewayAsync();
        site.Truth(Mcu).BootState.Should().Be(BootState.Trial);
        await site.StartGatewayAsync();

        await site.SucceedsAsync(deployment);
        site.Truth(Mcu).BootCount.Should().Be(2);
        site.Log.Entries.Should().Contain(entry => entry.EventId == 3201);
    }

    [Fact]
    public async Task Gateway_KilledBeforeTheHubHeard_ReportsAfterStart()
    {
        await using var site = await ScenarioSite.StartAsync(output, new SiteOptions { Baud = Slow });
        var deployment = site.Publish(FirmwareImage.Of(1));
        site.Deploy(deployment);
        await site.MidTransferAsync(Mcu);
        site.Hub.Switches.Offline = true;
        await site.Log.WaitAsync(3210, $"{Mcu}: Confirming -> Succeeded");

        await site.KillGatewayAsync();
        site.Hub.Switches.Offline = false;
        site.Twin(Mcu).Now.AgentState.Should().Be(6);
        await site.StartGatewayAsync();

        await site.SucceedsAsync(deployment);
        site.Truth(Mcu).BootCount.Should().Be(2, "what was done is only told");
    }

    [Fact]
    public async Task Gateway_RestartedAfterTheEnd_DoesNothing()
    {
        await using var site = await ScenarioSite.StartAsync(output);
        var deployment = site.Publish(FirmwareImage.Of(1));
        site.Deploy(deployment);
        await site.SucceedsAsync(deployment);

        await site.StopGatewayAsync();
        await site.StartGatewayAsync();

        // the orders of one twin are read in turn, so the end of the next one tells that the old one was read again
        var next = site.Publish(FirmwareImage.Of(2));
        site.Deploy(next);
        await site.SucceedsAsync(next);
        site.Truth(Mcu).BootCount.Should().Be(3);
        site.Twin(Mcu).Times(twin => twin.AgentState == 6 && twin.WorkflowId == deployment.WorkflowId).Should().Be(1);
    }

    [Fact]
    public async Task Gateway_StoppedInMidTransfer_EndsInTimeAndResumes()
    {
        await using var site = await ScenarioSite.StartAsync(output, new SiteOptions { Mcus = 2, Baud = Slow });
        var deployment = site.Publish(FirmwareImage.Of(1));
        site.Deploy(deployment);
        await site.MidTransferAsync(Mcu, percent: 20);

        var clock = Stopwatch.StartNew();
        await site.StopGatewayAsync();
        clock.Elapsed.Should().BeLessThan(TimeSpan.FromSeconds(8), "Docker kills what takes longer than 10 s");
        site.Log.Entries.Should().NotContain(entry => entry.EventId == 4210 || entry.EventId == 4211, "work and reports stop in time");
        site.Twin(Mcu).Now.AgentState.Should().Be(6, "a stop cancels no deployment");
        await site.StartGatewayAsync();

        await site.SucceedsAsync(deployment);
        site.Twin(Mcu).Now.ResumedAt.Should().BePositive();
        site.Origin.Served.Bytes.Should().Be(deployment.Image.Size);
    }

    [Fact]
    public async Task Site_LosesAllPowerInMidTransfer_Resumes()
    {
        await using var site = await ScenarioSite.StartAsync(output, new SiteOptions { Mcus = 4, McusPerLine = 2, Baud = Slow });
        var deployment = site.Publish(FirmwareImage.Of(1, 20_000));
        site.Deploy(deployment);
        await Task.WhenAny(site.MidTransferAsync(Mcu, percent: 20), site.MidTransferAsync("mcu-02", percent: 20));

        await site.KillGatewayAsync();
        foreach (var id in site.McuIds)
        {
            site.Fleet.CutPower(id);
            site.Fleet.PowerOn(id);
        }

        await site.StartGatewayAsync();

        await site.SucceedsAsync(deployment);
        site.McuIds.Should().Contain(id => site.Twin(id).Now.ResumedAt > 0);
    }
}
