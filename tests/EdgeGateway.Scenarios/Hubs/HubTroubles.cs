using System.Text.Json.Nodes;
using EdgeGateway.Scenarios.Site;
using EdgeGateway.Serial;
using EdgeGateway.Simulators.IotHub.Registry;
using Microsoft.Extensions.Logging;
using Xunit.Abstractions;

namespace EdgeGateway.Scenarios.Hubs;

/// <summary>Hubs that are away, busy, or refuse: updates continue, and no report is lost or sent twice.</summary>
public sealed class HubTroubles(ITestOutputHelper output)
{
    private const string Mcu = "mcu-01";
    private const int ConnectFailed = 2101;

    [Fact]
    public async Task Hub_AwayAtStart_SucceedsWhenItIsThere()
    {
        await using var site = await ScenarioSite.StartAsync(output, new SiteOptions { Mcus = 2, StartGateway = false });
        site.Hub.Switches.Offline = true;
        await site.StartGatewayAsync();
        (await site.Log.WaitAsync(ConnectFailed, $"{Mcu}: Unreachable")).Level.Should().Be(LogLevel.Warning);
        await site.Log.WaitAsync(3240, $"{Mcu}: online");

        site.Hub.Switches.Offline = false;
        var deployment = site.Publish(FirmwareImage.Of(1));
        site.Deploy(deployment);

        await site.SucceedsAsync(deployment);
    }

    [Fact]
    public async Task Hub_AwayInMidUpdate_UpdateEndsAndIsReportedOnce()
    {
        await using var site = await ScenarioSite.StartAsync(output, new SiteOptions { Baud = 230_400 });
        var deployment = site.Publish(FirmwareImage.Of(1));
        site.Deploy(deployment);
        await site.MidTransferAsync(Mcu);

        site.Hub.Switches.Offline = true;
        await site.Fleet.WaitForAsync(
            Mcu,
            truth => truth.RunningDigest == deployment.Image.Digest && truth.BootState == BootState.Confirmed,
            CancellationToken.None).WaitAsync(ChangeSignal.Patience);
        await site.Log.WaitAsync(3210, "-> Succeeded");
        site.Twin(Mcu).Now.AgentState.Should().Be(6, "the hub cannot know yet");
        site.Hub.Switches.Offline = false;

        await site.SucceedsAsync(deployment);
        site.Twin(Mcu).Times(twin => twin.AgentState == 0 && twin.WorkflowId == deployment.WorkflowId).Should().Be(1);
        site.Log.Entries.Should().NotContain(entry => entry.EventId == 3205, "the report that waited arrived, so none had to be repeated");
    }

    [Fact]
    public async Task Hub_OrderWhileAway_IsFoundAfterReconnect()
    {
        await using var site = await ScenarioSite.StartAsync(output);
        await site.OnlineAsync();
        site.Hub.Switches.Offline = true;
        await site.Log.WaitAsync(ConnectFailed, $"{Mcu}: Unreachable");

        var deployment = site.Publish(FirmwareImage.Of(1));
        site.Deploy(deployment);
        site.Hub.Switches.Offline = false;

        await site.SucceedsAsync(deployment);
    }

    [Fact]
    public async Task Hub_DropsSessionInMidTransfer_TransferGoesOn()
    {
        await using var site = await ScenarioSite.StartAsync(output, new SiteOptions { Baud = 230_400 });
        var deployment = site.Publish(FirmwareImage.Of(1));
        site.Deploy(deployment);
        await site.MidTransferAsync(Mcu);

        site.Hub.Sessions.Drop(site.Twin(Mcu).Identity.Name).Should().BeTrue();

        await site.MidTransferAsync(Mcu, percent: 30);
        await site.SucceedsAsync(deployment);
        site.Twin(Mcu).Now.ResumedAt.Should().Be(0, "the line does not care about the hub");
        site.Truth(Mcu).BootCount.Should().Be(2);
    }

    [Fact]
    public async Task Hub_Throttles_Succeeds()
    {
        await using var site = await ScenarioSite.StartAsync(output, new SiteOptions { StartGateway = false });
        site.Hub.Switches.ThrottledTwinOperations = 3;
        await site.StartGatewayAsync();
        var deployment = site.Publish(FirmwareImage.Of(1));

        site.Deploy(deployment);

        await site.SucceedsAsync(deployment);
        site.Hub.Switches.ThrottledTwinOperations.Should().Be(0);
    }

    [Fact]
    public async Task Hub_RefusesOneToken_OthersSucceedAndModuleTwinTellsWhy()
    {
        await using var site = await ScenarioSite.StartAsync(output, new SiteOptions { Mcus = 2, StartGateway = false });
        var before = site.Truth(Mcu);
        site.Hub.Registry.Update(
            site.Twin(Mcu).Identity.Name, new IdentityChange(PrimaryKey: SymmetricKey.New(), SecondaryKey: SymmetricKey.New()), ifMatch: null);
        await site.StartGatewayAsync();
        var deployment = site.Publish(FirmwareImage.Of(1));

        site.Deploy(deployment);

        await site.SucceedsAsync(deployment, "mcu-02");
        (await site.Log.WaitAsync(ConnectFailed, $"{Mcu}: Unauthorized")).Level.Should().Be(LogLevel.Warning);
        site.StillRuns(Mcu, before);
        await site.ModuleTwin.WaitAsync(twin => Problem(twin, Mcu) == "Unauthorized");
    }

    private static string? Problem(TwinState module, string mcu) => (string?)(module.Reported["gateway"]?["problems"] as JsonArray)?
        .FirstOrDefault(problem => (string?)problem?["mcu"] == mcu)?["reason"];
}
