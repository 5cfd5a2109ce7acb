using EdgeGateway.Scenarios.Site;
using EdgeGateway.Simulators.IotHub.Sessions;
using Xunit.Abstractions;

namespace EdgeGateway.Scenarios.Deployments;

/// <summary>Orders that are there already, again: hubs deliver at least once.</summary>
public sealed class RepeatedDeployments(ITestOutputHelper output)
{
    private const string Mcu = "mcu-01";
    private const int Begun = 3200;
    private const int TwinRead = 2150;

    [Fact]
    public async Task Deployment_DeliveredAgain_DoesNothing()
    {
        await using var site = await ScenarioSite.StartAsync(output);
        var first = site.Publish(FirmwareImage.Of(1));
        site.Deploy(first);
        await site.SucceedsAsync(first);

        site.Deploy(first);
        site.Hub.Sessions.Drop(site.Twin(Mcu).Identity.Name, SessionEnd.DroppedByRequest).Should().BeTrue();
        await site.Log.WaitAsync(TwinRead, $"{Mcu}: twin read, desired version 3");

        // the orders of one twin are read in turn, so the end of this one tells that the repetition is behind
        var second = site.Publish(FirmwareImage.Of(2));
        site.Deploy(second);
        await site.SucceedsAsync(second);
        site.Log.Entries.Count(entry => entry.EventId == Begun).Should().Be(2);
        site.Twin(Mcu).Times(twin => twin.AgentState == 6 && twin.WorkflowId == first.WorkflowId).Should().Be(1);
        site.Truth(Mcu).BootCount.Should().Be(3, "power-on, first and second image");
    }

    [Fact]
    public async Task Deployment_ImageRunsAlready_SucceedsWithoutTransfer()
    {
        await using var site = await ScenarioSite.StartAsync(output);
        var image = FirmwareImage.Of(1);
        var first = site.Publish(image);
        site.Deploy(first);
        await site.SucceedsAsync(first);
        var before = site.Truth(Mcu);
        var served = site.Origin.Served.Bytes;

        var again = site.Publish(image);
        site.Deploy(again);

        await site.SucceedsAsync(again);
        site.Truth(Mcu).BootCount.Should().Be(before.BootCount);
        site.Twin(Mcu).Now.TransferredBytes.Should().BeNull();
        site.Origin.Served.Bytes.Should().Be(served);
    }

    [Fact]
    public async Task Deployment_ImageOfEarlierDeployment_NeedsNoSecondDownload()
    {
        await using var site = await ScenarioSite.StartAsync(output);
        var old = site.Publish(FirmwareImage.Of(1));
        var middle = site.Publish(FirmwareImage.Of(2));
        foreach (var deployment in new[] { old, middle })
        {
            site.Deploy(deployment);
            await site.SucceedsAsync(deployment);
        }

        var back = site.Publish(old.Image);
        site.Deploy(back);

        await site.SucceedsAsync(back);
        site.Origin.Served.Bytes.Should().Be(2 * FirmwareImage.UsualSize);
    }
}
