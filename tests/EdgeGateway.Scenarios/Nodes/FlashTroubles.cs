using EdgeGateway.Firmware.Workflow;
using EdgeGateway.Scenarios.Site;
using EdgeGateway.Simulators.Mcu.Host.Faults;
using Xunit.Abstractions;

namespace EdgeGateway.Scenarios.Nodes;

/// <summary>Power that fails and flash that fails: the old image always boots.</summary>
public sealed class FlashTroubles(ITestOutputHelper output)
{
    private const string Mcu = "mcu-01";

    [Fact]
    public async Task Mcu_PowerCutInMidTransfer_ResumesWhenItIsBack()
    {
        await using var site = await ScenarioSite.StartAsync(
            output, new SiteOptions { Fleet = f => f with { Faults = [new FaultSpec(FaultKind.Cut, 20_000)] } });
        await site.OnlineAsync();
        var before = site.Truth(Mcu);
        var deployment = site.Publish(FirmwareImage.Of(1));
        site.Deploy(deployment);

        await site.Fleet.WaitForAsync(Mcu, truth => !truth.Powered, CancellationToken.None).WaitAsync(ChangeSignal.Patience);
        await site.IsHeldUpAsync(deployment, Mcu, FailureReason.McuSilent);
        site.Truth(Mcu).RunningDigest.Should().Be(before.RunningDigest);
        site.Fleet.PowerOn(Mcu);

        await site.SucceedsAsync(deployment);
        site.Twin(Mcu).Now.ResumedAt.Should().BeInRange(1, 20_000);
        site.Truth(Mcu).BootCount.Should().Be(before.BootCount + 2, "the power came back, and the new image was booted once");
    }

    [Fact]
    public async Task Mcu_PowerCutAndBackAtOnce_Resumes()
    {
        await using var site = await ScenarioSite.StartAsync(output, new SiteOptions { Baud = 230_400 });
        var deployment = site.Publish(FirmwareImage.Of(1));
        site.Deploy(deployment);
        await site.MidTransferAsync(Mcu, percent: 30);

        site.Fleet.CutPower(Mcu);
        site.Fleet.PowerOn(Mcu);

        await site.SucceedsAsync(deployment);
        site.Twin(Mcu).Now.ResumedAt.Should().BePositive();
    }

    [Theory]
    [InlineData(FaultKind.ProgramFails, 20_000, FailureReason.McuFlashFailed)]
    [InlineData(FaultKind.EraseFails, 20_000, FailureReason.McuFlashFailed)]
    [InlineData(FaultKind.BitRot, 0, FailureReason.McuDigestMismatch)]
    public async Task Mcu_FlashIsBroken_FailsAfterAllAttempts(FaultKind kind, int offset, FailureReason reason)
    {
        await using var site = await ScenarioSite.StartAsync(
            output, new SiteOptions { Fleet = f => f with { Faults = [new FaultSpec(kind, offset)] } });
        await site.OnlineAsync();
        var before = site.Truth(Mcu);
        var deployment = site.Publish(FirmwareImage.Of(1));

        site.Deploy(deployment);

        var twin = await site.FailsAsync(deployment, Mcu, reason, before);
        twin.Attempts.Should().Be(3, "that many are allowed");
        site.Truth(Mcu).BootCount.Should().Be(before.BootCount, "nothing was activated");
    }

    [Fact]
    public async Task Mcu_BitRotOnce_SucceedsFromTheStart()
    {
        await using var site = await ScenarioSite.StartAsync(output, new SiteOptions
        {
            Fleet = fleet => fleet with { Faults = [new FaultSpec(FaultKind.BitRot)] },
            Settings = new Dictionary<string, string> { ["Firmware:MaxAttempts"] = "100" },
        });
        var deployment = site.Publish(FirmwareImage.Of(1));
        site.Deploy(deployment);
        await site.IsHeldUpAsync(deployment, Mcu, FailureReason.McuDigestMismatch);

        site.Fleet.SetFaults(Mcu, faults => faults.BitRot = false);

        await site.SucceedsAsync(deployment);
    }
}
