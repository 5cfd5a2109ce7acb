using EdgeGateway.Containers.Engine;
using EdgeGateway.Containers.Site;
using Xunit.Abstractions;

namespace EdgeGateway.Containers;

/// <summary>The containers themselves.</summary>
[Collection(ContainerTests.Name)]
public sealed class LifeTests(EngineFixture engine, ITestOutputHelper output)
{
    private static readonly TimeSpan LongestStop = TimeSpan.FromSeconds(8);

    [ContainerFact]
    public async Task Start_ReadOnlyRootAndNoCapabilities_BecomesHealthyWithoutRoot()
    {
        await using var site = await ContainerSite.StartAsync(engine, output);

        foreach (var container in site.Containers)
        {
            await Poll.UntilAsync(
                container.InspectAsync, state => (string?)state["State"]!["Health"]!["Status"] == "healthy", $"{container.Name} is healthy");
            (await container.OwnersAsync()).Should().OnlyContain(owner => owner == "1654:20", container.Name);
        }
    }

    [ContainerFact]
    public async Task Stop_InMidTransfer_EndsInTimeAndGoesOnAfterTheNextStart()
    {
        await using var site = await ContainerSite.StartAsync(engine, output, new SiteOptions { Baud = Lines.Slow });
        await site.OnlineAsync();
        var order = await site.DeployAsync();
        await site.MidTransferAsync("mcu-01");

        var start = TimeProvider.System.GetTimestamp();
        (await site.Gateway.StopAsync()).Should().Be(0);
        TimeProvider.System.GetElapsedTime(start).Should().BeLessThan(LongestStop);

        await site.Gateway.StartAsync();
        (await site.SucceedsAsync(order)).Should().OnlyContain(twin => twin.Transfer!.ResumedAt > 0);
    }

    [ContainerFact]
    public async Task Kill_InMidTransfer_GoesOnAfterTheNextStart()
    {
        await using var site = await ContainerSite.StartAsync(engine, output, new SiteOptions { Baud = Lines.Slow });
        await site.OnlineAsync();
        var order = await site.DeployAsync();
        await site.MidTransferAsync("mcu-01");

        await site.Gateway.KillAsync();
        await site.Gateway.StartAsync();

        (await site.SucceedsAsync(order)).Should().OnlyContain(twin => twin.Transfer!.ResumedAt > 0);
    }
}
