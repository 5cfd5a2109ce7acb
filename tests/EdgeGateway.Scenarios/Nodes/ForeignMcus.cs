using EdgeGateway.Firmware.Workflow;
using EdgeGateway.Scenarios.Site;
using EdgeGateway.Simulators.Mcu.Host.Faults;
using Xunit.Abstractions;

namespace EdgeGateway.Scenarios.Nodes;

/// <summary>Microcontrollers that talk nonsense, are not alone at their address, or do not want the image.</summary>
public sealed class ForeignMcus(ITestOutputHelper output)
{
    private const string Mcu = "mcu-01";

    [Theory]
    [InlineData(FaultKind.Garbage)]
    [InlineData(FaultKind.Shell)]
    public async Task Mcu_TalksAnotherLanguage_FailsAndRetrySucceedsOnceMended(FaultKind kind)
    {
        await using var site = await ScenarioSite.StartAsync(output, new SiteOptions
        {
            Fleet = fleet => fleet with { Faults = [new FaultSpec(kind)] },
            Settings = new Dictionary<string, string> { ["Firmware:MaxAttempts"] = "1" },
        });
        var before = site.Truth(Mcu);
        var deployment = site.Publish(FirmwareImage.Of(1));

        site.Deploy(deployment);

        var twin = await site.FailsAsync(deployment, Mcu, FailureReason.McuGarbled, before);
        twin.Link.Should().Be("Offline");
        site.NothingWasOffered();
        site.Fleet.SetFaults(Mcu, faults => (faults.Garbage, faults.Shell) = (false, false));
        var retry = deployment with { RetryTimestamp = "2026-11-01T00:00:00Z" };
        site.Deploy(retry);
        await site.SucceedsAsync(retry);
    }

    [Fact]
    public async Task Bus_TwoAtOneAddress_FailsAndThirdSucceeds()
    {
        await using var site = await ScenarioSite.StartAsync(output, new SiteOptions
        {
            Mcus = 3,
            McusPerLine = 3,
            Baud = 921_600,
            Unknown = ["mcu-02"],
            Settings = new Dictionary<string, string> { ["Firmware:MaxAttempts"] = "1" },
            Fleet = fleet => fleet with { Faults = [new FaultSpec(FaultKind.DuplicateAddress, McuId: "mcu-02")] },
        });
        var before = site.Truth(Mcu);
        var other = site.Truth("mcu-02");
        var deployment = site.Publish(FirmwareImage.Of(1));

        site.Deploy(deployment);

        var twin = await site.FailsAsync(deployment, Mcu, FailureReason.McuAddressConflict, before);
        twin.ErrorText.Should().Contain("SN00000001").And.Contain("SN00000002");
        site.StillRuns("mcu-02", other);
        await site.SucceedsAsync(deployment, "mcu-03");
    }

    [Fact]
    public async Task Lines_TwoMcusWithOneSerialNumber_BothSucceed()
    {
        await using var site = await ScenarioSite.StartAsync(output, new SiteOptions
        {
            Mcus = 2,
            Fleet = fleet => fleet with { Faults = [new FaultSpec(FaultKind.DuplicateSerial, McuId: "mcu-02")] },
        });
        site.Truth("mcu-02").SerialNumber.Should().Be(site.Truth(Mcu).SerialNumber);
        var deployment = site.Publish(FirmwareImage.Of(1));

        site.Deploy(deployment);

        await site.SucceedsAsync(deployment);
    }

    [Theory]
    [InlineData(FaultKind.RefuseVersion)]
    [InlineData(FaultKind.RefuseSignature)]
    public async Task Mcu_RefusesImage_FailsAtOnce(FaultKind kind)
    {
        await using var site = await ScenarioSite.StartAsync(output, new SiteOptions { Fleet = f => f with { Faults = [new FaultSpec(kind)] } });
        await site.OnlineAsync();
        var before = site.Truth(Mcu);
        var deployment = site.Publish(FirmwareImage.Of(1));

        site.Deploy(deployment);

        var twin = await site.FailsAsync(deployment, Mcu, FailureReason.McuRefused, before);
        twin.Attempts.Should().Be(1, "its policy will not change by asking again");
    }
}
