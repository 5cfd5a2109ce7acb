using EdgeGateway.Scenarios.Site;
using EdgeGateway.Simulators.IotHub.Sessions;
using EdgeGateway.Simulators.Origin.Faults;
using EdgeGateway.Testing;
using Xunit.Abstractions;

namespace EdgeGateway.Scenarios.Lifecycle;

/// <summary>Everything that can go wrong for a moment, at random moments of one rollout.</summary>
public sealed class ChaosScenarios(ITestOutputHelper output)
{
    private const int Troubles = 12;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Site_TroubleAfterTrouble_AllConfirmedInTheEnd(int mcusPerLine)
    {
        var random = new Random(Seed.Take(output));
        await using var site = await ScenarioSite.StartAsync(output, new SiteOptions
        {
            Mcus = 4,
            McusPerLine = mcusPerLine,
            Baud = 230_400,
            Fleet = fleet => fleet with { Seed = random.Next(), Line = fleet.Line with { BitErrorRate = 1e-6 } },
            Settings = new Dictionary<string, string> { ["Firmware:MaxAttempts"] = "100", ["Firmware:RollBackRetries"] = "3" },
        });
        var deployment = site.Publish(FirmwareImage.Of(1, 30_000));
        site.Origin.Faults.Set(new Fault(FaultKind.Flaky, 10_000), times: 2);
        site.Deploy(deployment);

        for (var i = 0; i < Troubles && await site.TwinsChangeAsync(random.Next(1, 12)); i++)
        {
            await MakeTroubleAsync(site, random);
        }

        await site.SucceedsAsync(deployment);
    }

    private async Task MakeTroubleAsync(ScenarioSite site, Random random)
    {
        var mcu = site.McuIds.ElementAt(random.Next(site.McuIds.Count));
        var trouble = random.Next(6);
        output.WriteLine($"trouble {trouble} for {mcu}");
        switch (trouble)
        {
            case 0:
                site.Fleet.CutPower(mcu);
                site.Fleet.PowerOn(mcu);
                break;
            case 1:
                var line = random.Next(site.Fleet.Lines.Count) + 1;
                site.Fleet.Unplug(line);
                site.Fleet.Plug(line);
                break;
            case 2:
                site.Fleet.Silence(mcu, TimeSpan.FromMilliseconds(random.Next(50, 600)));
                break;
            case 3:
                site.Hub.Sessions.DropAll(SessionEnd.DroppedByRequest);
                break;
            case 4:
                await site.KillGatewayAsync();
                await site.StartGatewayAsync();
                break;
            default:
                await site.StopGatewayAsync();
                await site.StartGatewayAsync();
                break;
        }
    }
}
