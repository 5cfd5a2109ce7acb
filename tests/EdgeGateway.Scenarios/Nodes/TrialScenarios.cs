using EdgeGateway.Firmware.Workflow;
using EdgeGateway.Scenarios.Site;
using EdgeGateway.Serial;
using EdgeGateway.Simulators.Mcu.Host.Faults;
using Xunit.Abstractions;

namespace EdgeGateway.Scenarios.Nodes;

/// <summary>Images that do not hold their trial: the old one comes back.</summary>
public sealed class TrialScenarios(ITestOutputHelper output)
{
    private const string Mcu = "mcu-01";

    [Fact]
    public async Task Image_NeverComesUp_RolledBackOnceMoreThanAllowed()
    {
        await using var site = await ScenarioSite.StartAsync(
            output, new SiteOptions { Fleet = f => f with { Faults = [new FaultSpec(FaultKind.DeadImage)] } });
        await site.OnlineAsync();
        var before = site.Truth(Mcu);
        var dead = site.Publish(FirmwareImage.Of(1));

        site.Deploy(dead);

        var twin = await site.FailsAsync(dead, Mcu, FailureReason.RolledBack, before);
        twin.Installed.Should().BeNull();
        site.Truth(Mcu).BootState.Should().Be(BootState.RolledBack);
        site.Truth(Mcu).BootCount.Should().Be(before.BootCount + 4, "two trials, each with a boot of the new and one of the old image");

        site.Fleet.SetFaults(Mcu, faults => faults.DeadImage = false);
        var mended = site.Publish(FirmwareImage.Of(2));
        site.Deploy(mended);
        await site.SucceedsAsync(mended);
    }

    [Fact]
    public async Task Image_NeverComesUpAndNoSecondTrialAllowed_RolledBackOnce()
    {
        await using var site = await ScenarioSite.StartAsync(output, new SiteOptions
        {
            Fleet = fleet => fleet with { Faults = [new FaultSpec(FaultKind.DeadImage)] },
            Settings = new Dictionary<string, string> { ["Firmware:RollBackRetries"] = "0" },
        });
        await site.OnlineAsync();
        var before = site.Truth(Mcu);
        var dead = site.Publish(FirmwareImage.Of(1));

        site.Deploy(dead);

        await site.FailsAsync(dead, Mcu, FailureReason.RolledBack, before);
        site.Truth(Mcu).BootCount.Should().Be(before.BootCount + 2);
    }

    [Fact]
    public async Task Mcu_PowerCutDuringTrial_RolledBackAndSecondTrialSucceeds()
    {
        await using var site = await ScenarioSite.StartAsync(
            output, new SiteOptions { Fleet = f => f with { Faults = [new FaultSpec(FaultKind.DeadImage)] } });
        var deployment = site.Publish(FirmwareImage.Of(1));
        site.Deploy(deployment);

        await site.Fleet.WaitForAsync(Mcu, truth => truth.BootState == BootState.Trial, CancellationToken.None).WaitAsync(ChangeSignal.Patience);
        site.Fleet.CutPower(Mcu);
        site.Fleet.SetFaults(Mcu, faults => faults.DeadImage = false);
        site.Fleet.PowerOn(Mcu);

        await site.SucceedsAsync(deployment);
        site.Log.Entries.Should().Contain(entry => entry.EventId == 3211 && entry.Message.Contains("RolledBack", StringComparison.Ordinal));
    }
}
