using EdgeGateway.Scenarios.Nested.Site;
using EdgeGateway.Scenarios.Site;
using Xunit.Abstractions;

namespace EdgeGateway.Scenarios.Nested;

/// <summary>A gateway behind a gateway, on every machine; the networks of three layers need root.</summary>
public sealed class TwoLayerScenarios(ITestOutputHelper output)
{
    private const int Ban = 3060;

    [Fact]
    public async Task Deployment_FourMcusBehindAParent_OriginServesTheImageOnce()
    {
        await using var layers = await TwoLayers.StartAsync(output, new SiteOptions { Mcus = 4 });
        var deployment = layers.Site.Publish(FirmwareImage.Of(1));

        layers.Site.Deploy(deployment);

        await layers.Site.SucceedsAsync(deployment);
        layers.Site.Origin.Served.Bytes.Should().Be(deployment.Image.Size);
        layers.Site.Origin.Served.Requests.Should().Be(1);
    }

    [Fact]
    public async Task Deployment_ParentThatLies_IsFoundOutByDigestAndBanned()
    {
        LyingParent? liar = null;
        await using var layers = await TwoLayers.StartAsync(output, new SiteOptions { Mcus = 2 }, async made =>
        {
            liar = await LyingParent.StartAsync(made.Authority);
            made.Site.Settings["Parent:Port"] = $"{liar.Port}";
            made.Site.Settings["Parent:Alternatives:0"] = $"localhost:{made.ParentPort}";
        });
        await using var lying = liar!;
        var deployment = layers.Site.Publish(FirmwareImage.Of(3));

        layers.Site.Deploy(deployment);

        await layers.Site.SucceedsAsync(deployment);
        lying.Answers.Should().Be(1, "it is not asked again");
        await layers.Site.Log.WaitAsync(Ban, "WrongContent");
        layers.Site.Origin.Served.Bytes.Should().Be(deployment.Image.Size);
    }

    [Fact]
    public async Task Deployment_ParentAwayAtFirst_GoesOnWhenItIsBack()
    {
        await using var layers = await TwoLayers.StartAsync(
            output, new SiteOptions { Mcus = 2, Settings = new Dictionary<string, string> { ["Firmware:MaxAttempts"] = "100" } });
        await layers.StopParentAsync();
        var deployment = layers.Site.Publish(FirmwareImage.Of(2));

        layers.Site.Deploy(deployment);
        await layers.Site.Twin("mcu-01").WaitAsync(twin => twin.Error is not null && twin.WorkflowId == deployment.WorkflowId);
        layers.Site.NothingWasOffered();
        await layers.StartParentAsync();

        await layers.Site.SucceedsAsync(deployment);
        layers.Site.Origin.Served.Bytes.Should().Be(deployment.Image.Size);
    }
}
