using EdgeGateway.Firmware.Workflow;
using EdgeGateway.Scenarios.Site;
using EdgeGateway.Simulators.Mcu.Host.Faults;
using Xunit.Abstractions;

namespace EdgeGateway.Scenarios.Nodes;

/// <summary>Microcontrollers that say nothing, for a while or for long.</summary>
public sealed class SilentMcus(ITestOutputHelper output)
{
    private const string Mcu = "mcu-01";

    [Fact]
    public async Task Mcu_SilentAtFirst_SucceedsWhenItAnswers()
    {
        await using var site = await ScenarioSite.StartAsync(output, new SiteOptions { Fleet = f => f with { Faults = [new FaultSpec(FaultKind.Silent)] } });
        var deployment = site.Publish(FirmwareImage.Of(1));

        site.Deploy(deployment);

        await site.IsHeldUpAsync(deployment, Mcu, FailureReason.McuSilent);
        site.Fleet.SetFaults(Mcu, faults => faults.Silent = false);
        await site.SucceedsAsync(deployment);
        site.Twin(Mcu).Now.Attempts.Should().Be(1, "silence before an update begins costs no attempt");
    }

    [Fact]
    public async Task Mcu_SilentForAWhileInMidTransfer_GoesOnByItself()
    {
        await using var site = await ScenarioSite.StartAsync(output, new SiteOptions { Baud = 230_400 });
        var deployment = site.Publish(FirmwareImage.Of(1));
        site.Deploy(deployment);
        await site.MidTransferAsync(Mcu);

        site.Fleet.Silence(Mcu, TimeSpan.FromSeconds(1));

        await site.SucceedsAsync(deployment);
        site.Twin(Mcu).History.Should().NotContain(twin => twin.Error != null);
        site.Twin(Mcu).Now.ResumedAt.Should().Be(0);
    }

    [Fact]
    public async Task Mcu_SilentForLongInMidTransfer_Resumes()
    {
        await using var site = await ScenarioSite.StartAsync(output, new SiteOptions { Baud = 230_400 });
        var deployment = site.Publish(FirmwareImage.Of(1));
        site.Deploy(deployment);
        await site.MidTransferAsync(Mcu);

        site.Fleet.SetFaults(Mcu, faults => faults.Silent = true);
        await site.IsHeldUpAsync(deployment, Mcu, FailureReason.McuSilent);
        site.Fleet.SetFaults(Mcu, faults => faults.Silent = false);

        await site.SucceedsAsync(deployment);
        site.Twin(Mcu).Now.ResumedAt.Should().BePositive();
        site.Twin(Mcu).Now.Attempts.Should().Be(1, "it got further before it fell silent");
    }
}
