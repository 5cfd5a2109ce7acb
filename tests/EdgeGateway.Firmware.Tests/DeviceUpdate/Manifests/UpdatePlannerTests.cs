using System.Text.Json.Nodes;
using EdgeGateway.Firmware.DeviceUpdate.Manifests;
using EdgeGateway.Firmware.Tests.Workflow.Support;

namespace EdgeGateway.Firmware.Tests.DeviceUpdate.Manifests;

public sealed class UpdatePlannerTests
{
    private static readonly Dictionary<string, string> Urls = new() { [Deployments.FileId] = "https://origin.example/a?sig=secret" };
    private readonly Tests.Workflow.Support.Firmware _image = new("2.0");

    [Fact]
    public void Plan_OneStepOneFile_IsTheImage()
    {
        var plan = Plan(Deployments.Manifest(_image), Urls).Value!;

        plan.Content.Should().Be(new EdgeGateway.Content.ContentReference(_image.Digest, 10_000, new Uri("https://origin.example/a?sig=secret")));
        plan.Version.Should().Be("2.0");
        plan.UpdateId.Version.Should().Be("2.0");
    }

    [Fact]
    public void Plan_InstalledCriteria_NamesTheVersion()
    {
        var manifest = Deployments.Manifest(_image);
        manifest["instructions"]!["steps"]![0]!["handlerProperties"] = new JsonObject { ["installedCriteria"] = "2.0-mcu" };

        Plan(manifest, Urls).Value!.Version.Should().Be("2.0-mcu");
    }

    [Fact]
    public void Plan_TwoStepsOrNoFile_IsUnsupported()
    {
        var two = Deployments.Manifest(_image);
        two["instructions"]!["steps"]!.AsArray().Add(new JsonObject { ["handler"] = "microsoft/script:1" });
        var none = Deployments.Manifest(_image);
        none["instructions"]!["steps"]![0]!["files"] = new JsonArray();

        Plan(two, Urls).Should().Match<Reading<UpdatePlan>>(r => r.IsUnsupported && r.ErrorText.Contains("2 steps with 1 files"));
        Plan(none, Urls).IsUnsupported.Should().BeTrue();
    }

    [Theory]
    [InlineData(null, "missing")]
    [InlineData("origin/a", "\"origin/a\"")]
    [InlineData("ftp://origin/a?sig=secret", "\"ftp://origin/a\"")]
    public void Plan_UrlOfTheImageWrong_NamesItWithoutItsSecrets(string? url, string shown)
    {
        var urls = new Dictionary<string, string>();
        if (url is not null)
        {
            urls[Deployments.FileId] = url;
        }

        Plan(Deployments.Manifest(_image), urls).ErrorText.Should()
            .Be($"deviceUpdate.service.fileUrls.{Deployments.FileId} is {shown}; expected an http or https address");
    }

    private static Reading<UpdatePlan> Plan(JsonObject manifest, Dictionary<string, string> urls) =>
        UpdatePlanner.Plan(ManifestReader.Read(manifest.ToJsonString()).Value!, urls);
}
