using EdgeGateway.Scenarios.Site;
using EdgeGateway.Testing;
using Xunit.Abstractions;

namespace EdgeGateway.Scenarios.Lines;

/// <summary>Lines that lose and spoil bytes.</summary>
public sealed class NoisyLines(ITestOutputHelper output)
{
    [Fact]
    public async Task Line_FlipsBits_AllConfirmed()
    {
        var seed = Seed.Take(output);
        await using var site = await ScenarioSite.StartAsync(output, new SiteOptions
        {
            Mcus = 2,
            Baud = 921_600,
            Fleet = fleet => fleet with { Seed = seed, Line = fleet.Line with { BitErrorRate = 1e-5 } },
        });
        var deployment = site.Publish(FirmwareImage.Of(seed, 60_000));

        site.Deploy(deployment);

        await site.SucceedsAsync(deployment);
    }

    [Fact]
    public async Task Line_LosesDoublesAndInsertsBytes_AllConfirmed()
    {
        var seed = Seed.Take(output);
        await using var site = await ScenarioSite.StartAsync(output, new SiteOptions
        {
            Mcus = 2,
            Baud = 921_600,
            Fleet = fleet => fleet with { Seed = seed, Line = fleet.Line with { LostRate = 1e-4, DoubledRate = 1e-4, InsertedRate = 1e-4 } },
        });
        var deployment = site.Publish(FirmwareImage.Of(seed));

        site.Deploy(deployment);

        await site.SucceedsAsync(deployment);
    }
}
