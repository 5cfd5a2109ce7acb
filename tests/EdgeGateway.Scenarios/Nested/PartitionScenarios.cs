using System.Diagnostics;
using System.Globalization;
using EdgeGateway.Scenarios.Nested.Networks;
using EdgeGateway.Scenarios.Nested.Site;
using EdgeGateway.Scenarios.Site;
using EdgeGateway.Simulators.Origin.Faults;
using Xunit.Abstractions;

namespace EdgeGateway.Scenarios.Nested;

/// <summary>Cables cut at random moments of a rollout: every update comes to a true end, and the hub hears of each once.</summary>
[Collection(OnePlant.Name)]
public sealed class PartitionScenarios(PlantFixture fixture, ITestOutputHelper output) : IDisposable
{
    private const int ImageSize = 256 * 1024;
    private const int OriginBytesPerSecond = 128 * 1024;
    private const int LatestMilliseconds = 3000;
    private const int ShortestMilliseconds = 200;
    private const int LongestMilliseconds = 4000;

    /// <summary>Numbers of the runs: few, or with EDGEGATEWAY_FULL=1 (./test.sh --full) many.</summary>
    public static TheoryData<int> Runs => [.. Enumerable.Range(1, Environment.GetEnvironmentVariable("EDGEGATEWAY_FULL") == "1" ? 60 : 3)];

    [NamespaceTheory]
    [MemberData(nameof(Runs))]
    public async Task Rollout_EachLinkCutAtARandomMoment_EveryUpdateEndsTrulyAndIsReportedOnce(int run)
    {
        var plant = fixture.Plant;
        var random = PlantSeed.Take(output, run);
        var a = plant.Publish(FirmwareImage.Of(random.Next(), ImageSize), "MCU-A");
        var b = plant.Publish(FirmwareImage.Of(random.Next(), ImageSize), "MCU-B");
        var clock = Stopwatch.StartNew();

        // slow enough that cuts meet all links at work
        plant.Origin.Faults.Set(new Fault(FaultKind.Slow, BytesPerSecond: OriginBytesPerSecond));
        var cuts = Enumerable.Range(0, plant.Layers.Count).SelectMany(layer => Cut(plant, layer, random)).ToList();
        plant.Deploy(a, plant.McusOf("MCU-A"));
        plant.Deploy(b, plant.McusOf("MCU-B"));
        await Task.WhenAll(cuts);
        plant.Origin.Faults.Set(Fault.None);

        foreach (var deployment in new[] { a, b })
        {
            var ends = await Task.WhenAll(plant.McusOf(deployment.Model).Select(id => plant.EndsAsync(deployment, id)));
            output.WriteLine($"{deployment.Model}: {ends.Count(end => end.AgentState == 0)} succeeded, "
                + string.Join("; ", ends.Where(end => end.AgentState != 0).Select(end => $"failed {end.Error}: {end.ErrorText}")));
        }

        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"over after {clock.Elapsed.TotalSeconds:0.0} s"));
    }

    /// <summary>The gateways' own words, in the test's output.</summary>
    public void Dispose() => fixture.Tell(output);

    // the hub's cable of a layer, its content cable, or both; each for a time of its own
    private IEnumerable<Task> Cut(Plant plant, int layer, Random random)
    {
        var which = random.Next(3);
        if (which != 0)
        {
            yield return CutAsync(plant.Network.HubLinks[layer], random);
        }

        if (which != 1)
        {
            yield return CutAsync(plant.Network.ContentLinks[layer], random);
        }
    }

    private Task CutAsync(VethLink link, Random random)
    {
        var (at, length) = (random.Next(LatestMilliseconds), random.Next(ShortestMilliseconds, LongestMilliseconds));
        var silently = random.Next(2) == 0;
        output.WriteLine($"{link} is cut {(silently ? "silently " : "")}at {at} ms for {length} ms");
        return RunAsync();

        async Task RunAsync()
        {
            // the moment is the experiment, not a wait for something
            await Task.Delay(TimeSpan.FromMilliseconds(at), TimeProvider.System);
            await link.CutAsync(silently);
            await Task.Delay(TimeSpan.FromMilliseconds(length), TimeProvider.System);
            await link.JoinAsync();
        }
    }
}
