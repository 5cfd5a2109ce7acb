using System.Diagnostics;
using System.Globalization;
using EdgeGateway.Scenarios.Nested.Networks;
using EdgeGateway.Scenarios.Nested.Site;
using EdgeGateway.Scenarios.Site;
using Xunit.Abstractions;

namespace EdgeGateway.Scenarios.Nested;

/// <summary>Two images for 24 microcontrollers below three layers of gateways.</summary>
[Collection(OnePlant.Name)]
public sealed class LayerScenarios(PlantFixture fixture, ITestOutputHelper output) : IDisposable
{
    private const int ImageSize = 384 * 1024;

    [NamespaceFact]
    public async Task Rollout_TwoClasses_EachImageCrossesEachLinkOnce()
    {
        var plant = fixture.Plant;
        var random = PlantSeed.Take(output, -3);
        var a = plant.Publish(FirmwareImage.Of(random.Next(), ImageSize), "MCU-A");
        var b = plant.Publish(FirmwareImage.Of(random.Next(), ImageSize), "MCU-B");
        var meter = await LinkMeter.StartAsync(plant);
        var (served, clock) = (plant.Origin.Served.Bytes, Stopwatch.StartNew());

        plant.Deploy(a, plant.McusOf("MCU-A"));
        plant.Deploy(b, plant.McusOf("MCU-B"));

        await plant.SucceedsAsync(a, plant.McusOf("MCU-A"));
        await plant.SucceedsAsync(b, plant.McusOf("MCU-B"));
        var ratios = await meter.RatiosAsync(2 * ImageSize);
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"{clock.Elapsed.TotalSeconds:0.0} s; bytes down, origin to bottom: {LinkMeter.Show(ratios)} x the images"));
        (plant.Origin.Served.Bytes - served).Should().Be(2 * ImageSize);
        ratios.Should().HaveCount(3).And.OnlyContain(ratio => ratio >= 1 && ratio <= 1.03);
    }
    /// <summary>The gateways' own words, in the test's output.</summary>
    public void Dispose() => fixture.Tell(output);

}
