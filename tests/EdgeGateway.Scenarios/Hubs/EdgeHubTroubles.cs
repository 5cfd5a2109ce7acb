using EdgeGateway.Scenarios.Site;
using EdgeGateway.Serial;
using EdgeGateway.Simulators.IotHub.Hosting;
using Microsoft.Extensions.Logging;
using Xunit.Abstractions;

namespace EdgeGateway.Scenarios.Hubs;

/// <summary>What an edgeHub between gateway and hub does to them.</summary>
public sealed class EdgeHubTroubles(ITestOutputHelper output)
{
    private const string Mcu = "mcu-01";
    private const int ConnectFailed = 2101;
    private const int Connected = 2100;

    [Fact]
    public async Task EdgeHub_LosesEarlyConnects_NoneIsLost()
    {
        await using var between = await EdgeHubBetween.StartAsync(output, new SiteOptions { Mcus = 4 }, Quirk.LostConnect);
        await between.Site.StartGatewayAsync();
        var deployment = between.Site.Publish(FirmwareImage.Of(1));

        between.Site.Deploy(deployment);

        await between.Site.SucceedsAsync(deployment);
    }

    [Fact]
    public async Task EdgeHub_LosesEarlyConnectsAndNoPauseIsSet_TheyAreRepeatedSoon()
    {
        var settings = new Dictionary<string, string> { ["Hub:GatewayConnectPause"] = "00:00:00.001", ["Hub:GatewayConnectTimeout"] = "00:00:01" };
        await using var between = await EdgeHubBetween.StartAsync(output, new SiteOptions { Settings = settings }, Quirk.LostConnect);

        await between.Site.StartGatewayAsync();

        await between.Site.OnlineAsync();
    }

    [Fact]
    public async Task EdgeHub_TakesFewerClientsThanThereAre_TheOthersWorkAndTheLogNamesTheLimit()
    {
        await using var between = await EdgeHubBetween.StartAsync(output, new SiteOptions { Mcus = 3 }, change: edge => edge with { MaxClients = 3 });
        var site = between.Site;
        site.Settings["Hub:GatewayMaxClients"] = "3";
        await site.StartGatewayAsync();
        (await site.Log.WaitAsync(4008, "MaxConnectedClients")).Level.Should().Be(LogLevel.Warning);
        var turnedAway = (await site.Log.WaitAsync(ConnectFailed, "GatewayFull")).Message;
        turnedAway.Should().Contain("MaxConnectedClients");
        var inside = site.McuIds.Where(id => !turnedAway.StartsWith(id, StringComparison.Ordinal)).ToArray();

        var deployment = site.Publish(FirmwareImage.Of(1));
        site.Deploy(deployment, inside);

        await site.SucceedsAsync(deployment, inside);
    }

    [Fact]
    public async Task EdgeHub_CutOffInMidUpdate_TheEndIsToldOnceWhenItIsBack()
    {
        await using var between = await EdgeHubBetween.StartAsync(output, new SiteOptions { Baud = 230_400 });
        var site = between.Site;
        await site.StartGatewayAsync();
        var deployment = site.Publish(FirmwareImage.Of(1));
        site.Deploy(deployment);
        await site.MidTransferAsync(Mcu);

        between.EdgeHub.Switches.UpstreamCut = true;
        await site.Log.WaitAsync(3210, "-> Succeeded");
        between.EdgeHub.Switches.UpstreamCut = false;

        await site.SucceedsAsync(deployment);
        site.Twin(Mcu).Reports.Count(r => r.AgentState == 0 && r.WorkflowId == deployment.WorkflowId).Should().Be(1);
    }

    [Fact]
    public async Task WebSockets_OfTheHubAndOfAnEdgeHub_CarryAnUpdateEach()
    {
        await using var between = await EdgeHubBetween.StartAsync(output, new SiteOptions());
        var site = between.Site;
        site.Settings["Hub:Transport"] = "WebSockets";
        site.Settings["Hub:Port"] = $"{between.EdgeHub.HttpsEndpoint.Port}";
        await site.StartGatewayAsync();
        var first = site.Publish(FirmwareImage.Of(1));
        site.Deploy(first);
        await site.SucceedsAsync(first);
        await site.StopGatewayAsync();

        site.Settings["Hub:GatewayHostName"] = "";
        site.Settings["Hub:Port"] = $"{site.Hub.HttpsEndpoint.Port}";
        await site.StartGatewayAsync();
        var second = site.Publish(FirmwareImage.Of(2));
        site.Deploy(second);

        await site.SucceedsAsync(second);
        site.Log.Entries.Should().Contain(e => e.EventId == Connected && e.Message.Contains($"localhost:{site.Hub.HttpsEndpoint.Port}"));
    }

    [Fact]
    public async Task Hub_AwayOverTheEndAndAKill_TheEndIsToldOnce()
    {
        await using var site = await ScenarioSite.StartAsync(output, new SiteOptions { Baud = 230_400 });
        var deployment = site.Publish(FirmwareImage.Of(1));
        site.Deploy(deployment);
        await site.MidTransferAsync(Mcu);
        site.Hub.Switches.Offline = true;
        await site.Log.WaitAsync(3210, "-> Succeeded");

        await site.KillGatewayAsync();
        await site.StartGatewayAsync();
        await site.Log.WaitAsync(2163, Mcu);
        site.Hub.Switches.Offline = false;

        await site.SucceedsAsync(deployment);
        site.Twin(Mcu).Reports.Count(r => r.AgentState == 0 && r.WorkflowId == deployment.WorkflowId).Should().Be(1);
        site.Log.Entries.Should().NotContain(entry => entry.EventId == 3205, "nothing was lost, so nothing is repeated");
    }

    [Fact]
    public async Task Hub_AwayAfterARestart_AnOrderThatWasHeldBackIsCarriedOut()
    {
        await using var site = await ScenarioSite.StartAsync(
            output, new SiteOptions { Settings = new Dictionary<string, string> { ["Module:Paused"] = "true" } });
        await site.OnlineAsync();
        var deployment = site.Publish(FirmwareImage.Of(1));
        site.Deploy(deployment);
        await site.Log.WaitAsync(2150, $"{Mcu}: twin read, desired version 2");
        await site.StopGatewayAsync();
        site.Truth(Mcu).RunningDigest.Should().NotBe(deployment.Image.Digest);

        site.Hub.Switches.Offline = true;
        site.Settings.Remove("Module:Paused");
        await site.StartGatewayAsync();
        await site.Fleet.WaitForAsync(
            Mcu,
            truth => truth.RunningDigest == deployment.Image.Digest && truth.BootState == BootState.Confirmed,
            CancellationToken.None).WaitAsync(ChangeSignal.Patience);
        site.Hub.Switches.Offline = false;

        await site.SucceedsAsync(deployment);
        site.Twin(Mcu).Reports.Count(r => r.AgentState == 0 && r.WorkflowId == deployment.WorkflowId).Should().Be(1);
    }
}
