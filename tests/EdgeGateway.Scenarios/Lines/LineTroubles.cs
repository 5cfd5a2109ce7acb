using EdgeGateway.Firmware.Workflow;
using EdgeGateway.Scenarios.Site;
using EdgeGateway.Testing;
using Xunit.Abstractions;

namespace EdgeGateway.Scenarios.Lines;

/// <summary>Ports that are not there, taken, forbidden or pulled out: no fault of the deployment, which waits.</summary>
public sealed class LineTroubles(ITestOutputHelper output)
{
    private const string Mcu = "mcu-01";

    [Fact]
    public async Task Port_AppearsLater_Succeeds()
    {
        await using var site = await ScenarioSite.StartAsync(output, new SiteOptions { Mcus = 2, StartGateway = false });
        site.Fleet.Unplug(1);
        await site.StartGatewayAsync();
        var deployment = site.Publish(FirmwareImage.Of(1));

        site.Deploy(deployment);

        await site.IsHeldUpAsync(deployment, Mcu, FailureReason.PortMissing);
        await site.SucceedsAsync(deployment, "mcu-02");
        site.Twin(Mcu).Now.Link.Should().Be("Offline");
        site.Fleet.Plug(1);
        await site.SucceedsAsync(deployment, Mcu);
    }

    [Fact]
    public async Task Port_TakenByAnotherProgram_SucceedsWhenItIsFree()
    {
        await using var site = await ScenarioSite.StartAsync(output, new SiteOptions { StartGateway = false });
        var deployment = site.Publish(FirmwareImage.Of(1));

        // an exclusive file of .NET holds the flock that serial programs respect
        await using (new FileStream(site.Fleet.Lines[0].Port, FileMode.Open, FileAccess.Read, FileShare.None))
        {
            await site.StartGatewayAsync();
            site.Deploy(deployment);
            await site.IsHeldUpAsync(deployment, Mcu, FailureReason.PortBusy);
        }

        await site.SucceedsAsync(deployment);
    }

    [NotRootFact]
    public async Task Port_WithoutPermission_SucceedsWhenItIsGiven()
    {
        await using var site = await ScenarioSite.StartAsync(output, new SiteOptions { StartGateway = false });
        var deployment = site.Publish(FirmwareImage.Of(1));
        var port = File.ResolveLinkTarget(site.Fleet.Lines[0].Port, returnFinalTarget: true)!.FullName;
        var mode = File.GetUnixFileMode(port);
        File.SetUnixFileMode(port, UnixFileMode.None);
        await site.StartGatewayAsync();

        site.Deploy(deployment);

        await site.IsHeldUpAsync(deployment, Mcu, FailureReason.PortNoPermission);
        File.SetUnixFileMode(port, mode);
        await site.SucceedsAsync(deployment);
    }

    [Fact]
    public async Task Port_UnpluggedInMidTransferAndPluggedIn_Resumes()
    {
        await using var site = await ScenarioSite.StartAsync(output, new SiteOptions { Baud = 230_400 });
        var deployment = site.Publish(FirmwareImage.Of(1));
        site.Deploy(deployment);
        await site.MidTransferAsync(Mcu);

        site.Fleet.Unplug(1);

        var twin = await site.Twin(Mcu).WaitAsync(t => t.AgentState == 6 && t.Phase == "WaitingForMcu" && t.Link == "Offline");
        twin.Error.Should().BeOneOf(nameof(FailureReason.PortUnplugged), nameof(FailureReason.PortMissing));
        site.Fleet.Plug(1);
        await site.SucceedsAsync(deployment);
        site.Twin(Mcu).Now.ResumedAt.Should().BePositive();
        site.Twin(Mcu).Now.Attempts.Should().Be(1, "a pulled plug costs no attempt");
        site.Truth(Mcu).BootCount.Should().Be(2);
    }

    [Fact]
    public async Task Port_UnpluggedWhileIdle_IsOfflineAndOnlineAgain()
    {
        await using var site = await ScenarioSite.StartAsync(output);
        await site.OnlineAsync();

        site.Fleet.Unplug(1);
        await site.Twin(Mcu).WaitAsync(t => t.Link == "Offline" && t.LinkReason is "PortUnplugged" or "PortMissing");
        site.Fleet.Plug(1);

        await site.Twin(Mcu).WaitAsync(t => t.Link == "Online" && t.LinkReason is null);
    }
}
