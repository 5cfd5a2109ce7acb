using EdgeGateway.Hub.Identity;
using EdgeGateway.Scenarios.Nested.Networks;
using EdgeGateway.Scenarios.Nested.Site;
using EdgeGateway.Scenarios.Site;
using Xunit.Abstractions;

namespace EdgeGateway.Scenarios.Nested;

/// <summary>Clients other than a gateway, at the bottom: what they get has come through all layers.</summary>
[Collection(OnePlant.Name)]
public sealed class ClientScenarios(PlantFixture fixture, ITestOutputHelper output) : IDisposable
{
    private const int ImageSize = 300_000;

    [CurlFact]
    public async Task Curl_RangeOfADigestNobodyHas_ComesThroughTheLayers()
    {
        var plant = fixture.Plant;
        var deployment = plant.Publish(FirmwareImage.Of(PlantSeed.Take(output, -1).Next(), ImageSize), "MCU-A");
        var address = $"https://{NestedNetwork.ContentName(1)}:{PlantLayer.ContentPort}/content/sha256/{deployment.Image.Digest}"
            + $"?size={ImageSize}&origin={Uri.EscapeDataString(deployment.Url.AbsoluteUri)}";
        var served = plant.Origin.Served.Bytes;

        var part = await Curl.RunAsync(
            plant.Layers[2].Network, "--cacert", plant.ContentRoot, "--header", $"Authorization: {Token(plant)}", "--range", "100000-100999", address);

        part.Status.Should().Be(206);
        part.Headers["content-range"].Should().Be($"bytes 100000-100999/{ImageSize}");
        part.Headers["etag"].Should().Be($"\"{deployment.Image.Digest}\"");
        part.Body.Should().Equal(deployment.Image.Content[100_000..101_000]);

        var whole = await Curl.RunAsync(
            plant.Layers[2].Network, "--cacert", plant.ContentRoot, "--header", $"Authorization: {Token(plant)}", address);
        whole.Status.Should().Be(200);
        whole.Body.Should().Equal(deployment.Image.Content);
        (plant.Origin.Served.Bytes - served).Should().Be(ImageSize, "the range made the gateways fetch it once");
    }

    [CurlFact]
    public async Task Curl_WithoutToken_IsRefused()
    {
        var plant = fixture.Plant;

        var answer = await Curl.RunAsync(
            plant.Layers[2].Network, "--cacert", plant.ContentRoot,
            $"https://{NestedNetwork.ContentName(1)}:{PlantLayer.ContentPort}/content/sha256/{new string('0', 64)}");

        answer.Status.Should().Be(401);
    }

    /// <summary>As Delivery Optimization asks a Connected Cache: plain HTTP, the origin's path, its host as cacheHostOrigin, in ranges.</summary>
    [CurlFact]
    public async Task DeliveryOptimization_RangesOfAnAddress_ComeThroughTheLayersOnce()
    {
        var plant = fixture.Plant;
        var deployment = plant.Publish(FirmwareImage.Of(PlantSeed.Take(output, -2).Next(), ImageSize), "MCU-A");
        var address = $"http://{NestedNetwork.ContentName(2)}{deployment.Url.AbsolutePath}?cacheHostOrigin={NestedNetwork.OriginName}";
        var served = plant.Origin.Served.Bytes;
        var meter = await LinkMeter.StartAsync(plant);
        var image = new MemoryStream();

        while (image.Length < ImageSize)
        {
            var last = Math.Min(image.Length + 100_000, ImageSize) - 1;
            var part = await Curl.RunAsync(plant.Layers[2].Network, "--range", $"{image.Length}-{last}", address);
            part.Status.Should().Be(206);
            part.Headers["content-range"].Should().Be($"bytes {image.Length}-{last}/{ImageSize}");
            image.Write(part.Body);
        }

        image.ToArray().Should().Equal(deployment.Image.Content);
        (plant.Origin.Served.Bytes - served).Should().Be(ImageSize);
        var ratios = await meter.RatiosAsync(ImageSize);
        output.WriteLine($"bytes down, origin to bottom: {LinkMeter.Show(ratios)} x the image");
        ratios.Should().OnlyContain(ratio => ratio >= 1 && ratio <= 1.05, "one image of this size, with handshakes of its own");
    }

    [CurlFact]
    public async Task DeliveryOptimization_OriginThatIsNotAllowed_IsRefused()
    {
        var plant = fixture.Plant;

        var answer = await Curl.RunAsync(plant.Layers[2].Network, $"http://{NestedNetwork.ContentName(2)}/a.bin?cacheHostOrigin=evil.test");

        answer.Status.Should().Be(403);
    }

    /// <summary>The gateways' own words, in the test's output.</summary>
    public void Dispose() => fixture.Tell(output);

    private static string Token(Plant plant) => SharedAccessSignature.Create(
        $"{plant.Hub.HostName}/devices/{plant.Layers[2].Edge.Name.DeviceId}/modules/{PlantLayer.Module}",
        Convert.FromBase64String(plant.Layers[2].ModuleKey),
        TimeProvider.System.GetUtcNow().AddHours(1)).ToString();
}
