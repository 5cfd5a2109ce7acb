using EdgeGateway.Scenarios.Site;
using Xunit.Abstractions;

namespace EdgeGateway.Scenarios.Deployments;

/// <summary>What happens nearly always: images are deployed and arrive.</summary>
public sealed class RolloutScenarios(ITestOutputHelper output)
{
    [Fact]
    public async Task Deployment_EightMcus_AllConfirmedAfterOneDownload()
    {
        await using var site = await ScenarioSite.StartAsync(output, new SiteOptions { Mcus = 8 });
        var deployment = site.Publish(FirmwareImage.Of(1));
        await site.OnlineAsync();

        site.Deploy(deployment);

        await site.SucceedsAsync(deployment);
        site.Origin.Served.Bytes.Should().Be(deployment.Image.Size);
        site.Origin.Served.Requests.Should().Be(1);
        foreach (var id in site.McuIds)
        {
            site.Twin(id).Now.TransferredBytes.Should().Be(deployment.Image.Size);
            site.Twin(id).History.Should().Contain(twin => twin.AgentState == 6 && twin.WorkflowId == deployment.WorkflowId);
            site.Truth(id).BootCount.Should().Be(2, "it booted once at power-on and once into the new image");
        }
    }

    [Fact]
    public async Task Deployment_HalfDuplexBusOfFour_AllConfirmed()
    {
        await using var site = await ScenarioSite.StartAsync(output, new SiteOptions { Mcus = 4, McusPerLine = 4 });
        var deployment = site.Publish(FirmwareImage.Of(2, 20_000));

        site.Deploy(deployment);

        await site.SucceedsAsync(deployment);
        site.Origin.Served.Bytes.Should().Be(deployment.Image.Size);
    }

    [Fact]
    public async Task Deployment_NodesThatGoBackOnNoisyLine_AllConfirmed()
    {
        await using var site = await ScenarioSite.StartAsync(output, new SiteOptions
        {
            Mcus = 2,
            Fleet = fleet => fleet with { MaxRanges = 0, Line = fleet.Line with { BitErrorRate = 2e-5 } },
        });
        var deployment = site.Publish(FirmwareImage.Of(3));

        site.Deploy(deployment);

        await site.SucceedsAsync(deployment);
    }

    [Fact]
    public async Task Deployment_BusWhoseAdapterHearsItself_AllConfirmed()
    {
        await using var site = await ScenarioSite.StartAsync(
            output, new SiteOptions { Mcus = 2, McusPerLine = 2, Baud = 921_600, Fleet = fleet => fleet with { Echo = true } });
        var deployment = site.Publish(FirmwareImage.Of(4, 20_000));

        site.Deploy(deployment);

        await site.SucceedsAsync(deployment);
    }

    [Fact]
    public async Task Deployment_LinesBehindTcp_AllConfirmed()
    {
        await using var site = await ScenarioSite.StartAsync(output, new SiteOptions { Mcus = 2, Fleet = fleet => fleet with { Tcp = true } });
        var deployment = site.Publish(FirmwareImage.Of(5));

        site.Deploy(deployment);

        await site.SucceedsAsync(deployment);
        site.Fleet.Lines.Should().OnlyContain(line => line.Port.StartsWith("tcp://", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Deployment_McuWithLittleMemoryAndSlowFlash_Confirmed()
    {
        await using var site = await ScenarioSite.StartAsync(output, new SiteOptions
        {
            Fleet = fleet => fleet with
            {
                Window = 512,
                MaxPayload = 64,
                EraseTime = TimeSpan.FromMilliseconds(20),
                ProgramTime = TimeSpan.FromMicroseconds(100),
            },
        });
        var deployment = site.Publish(FirmwareImage.Of(6, 20_003));

        site.Deploy(deployment);

        await site.SucceedsAsync(deployment);
    }
}
