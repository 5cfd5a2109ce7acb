using EdgeGateway.Firmware.Workflow;
using EdgeGateway.Scenarios.Site;
using Xunit.Abstractions;

namespace EdgeGateway.Scenarios.Deployments;

/// <summary>Orders that cannot be carried out: found before anything is erased, and no hindrance for the next order.</summary>
public sealed class RefusedDeployments(ITestOutputHelper output)
{
    private const string Mcu = "mcu-01";

    [Fact]
    public Task Deployment_WrongDigest_FailsAndNextOneSucceeds() => RefuseAsync(
        right => right with { Digest = Convert.ToBase64String(FirmwareImage.Of(99).Digest.Bytes) }, FailureReason.ContentWrongDigest);

    [Theory]
    [InlineData(1)]
    [InlineData(-1)]
    public Task Deployment_WrongSize_FailsAndNextOneSucceeds(int tooMany) =>
        RefuseAsync(right => right with { Size = right.Image.Size + tooMany }, FailureReason.ContentWrongSize);

    [Theory]
    [InlineData("{\"manifestVersion\":\"5\",")]
    [InlineData("{}")]
    [InlineData("not JSON at all")]
    public Task Deployment_BrokenManifest_FailsAndNextOneSucceeds(string manifest) =>
        RefuseAsync(right => right with { ManifestText = manifest }, FailureReason.ManifestInvalid);

    [Fact]
    public Task Deployment_ManifestOfTheFuture_FailsAndNextOneSucceeds() =>
        RefuseAsync(right => right with { ManifestVersion = "6" }, FailureReason.ManifestUnsupported);

    [Fact]
    public async Task Deployment_OtherClass_FailsAndSaysBoth()
    {
        var text = await RefuseAsync(right => right with { Model = "MCU-B" }, FailureReason.WrongTarget);

        text.Should().Contain("'MCU-B'").And.Contain("'MCU-A'");
    }

    [Fact]
    public async Task Deployment_TooLargeForSlot_FailsAndNextOneSucceeds()
    {
        await using var site = await ScenarioSite.StartAsync(output);
        await site.OnlineAsync();
        var before = site.Truth(Mcu);
        var large = site.Publish(FirmwareImage.Of(1, 300_000));

        site.Deploy(large);

        var twin = await site.FailsAsync(large, Mcu, FailureReason.TooLargeForSlot, before);
        twin.ErrorText.Should().Contain("300000").And.Contain("262144");
        site.NothingWasOffered();
        site.Origin.Served.Bytes.Should().Be(0, "what does not fit need not be downloaded");
    }

    [Fact]
    public async Task Deployment_LargerThanSettingsAllow_Fails()
    {
        await using var site = await ScenarioSite.StartAsync(
            output, new SiteOptions { Settings = new Dictionary<string, string> { ["Firmware:MaxImageSize"] = "39999" } });
        await site.OnlineAsync();
        var before = site.Truth(Mcu);
        var large = site.Publish(FirmwareImage.Of(1));

        site.Deploy(large);

        await site.FailsAsync(large, Mcu, FailureReason.ImageTooLarge, before);
        site.NothingWasOffered();
    }

    [Fact]
    public async Task Deployment_UnsignedWhereSignaturesAreDemanded_Fails()
    {
        await using var site = await ScenarioSite.StartAsync(
            output, new SiteOptions { Settings = new Dictionary<string, string> { ["Firmware:AllowUnsigned"] = "false" } });
        await site.OnlineAsync();
        var before = site.Truth(Mcu);
        var unsigned = site.Publish(FirmwareImage.Of(1));

        site.Deploy(unsigned);

        await site.FailsAsync(unsigned, Mcu, FailureReason.SignatureMissing, before);
        site.NothingWasOffered();
        site.Origin.Served.Requests.Should().Be(0);
    }

    [Fact]
    public async Task Deployment_WithoutId_IsRejectedAndNextOneSucceeds()
    {
        await using var site = await ScenarioSite.StartAsync(output);
        var right = site.Publish(FirmwareImage.Of(1));
        var wrong = right.ToDesired();
        wrong["deviceUpdate"]!["service"]!["workflow"]!.AsObject().Remove("id");

        site.Desire(wrong);

        await site.Twin(Mcu).WaitAsync(twin => (int?)twin.Reported["deviceUpdate"]?["service"]?["ac"] == 406);
        (await site.Log.WaitAsync(3204)).Message.Should().Contain("workflow.id");
        site.Deploy(right);
        await site.SucceedsAsync(right);
    }

    private async Task<string> RefuseAsync(Func<Deployment, Deployment> spoil, FailureReason reason)
    {
        await using var site = await ScenarioSite.StartAsync(output);
        await site.OnlineAsync();
        var before = site.Truth(Mcu);
        var wrong = spoil(site.Publish(FirmwareImage.Of(1)));

        site.Deploy(wrong);

        var twin = await site.FailsAsync(wrong, Mcu, reason, before);
        site.NothingWasOffered();
        site.Truth(Mcu).BootCount.Should().Be(before.BootCount);

        var right = site.Publish(FirmwareImage.Of(2));
        site.Deploy(right);
        await site.SucceedsAsync(right);
        return twin.ErrorText!;
    }
}
