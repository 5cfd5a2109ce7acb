using System.Text.Json.Nodes;
using EdgeGateway.Firmware.DeviceUpdate.Twins;
using EdgeGateway.Firmware.Tests.Workflow.Support;
using EdgeGateway.Firmware.Workflow;
using EdgeGateway.Firmware.Workflow.Steps;

namespace EdgeGateway.Firmware.Tests.Workflow.Steps;

public sealed class ManifestLoaderTests
{
    private readonly Support.Firmware _image = new("2.0");
    private readonly FakeStore _store = new();

    [Fact]
    public async Task Load_DetachedManifest_IsFetchedByItsDigest()
    {
        var (service, file) = Detached(Deployments.Manifest(_image));
        _store.Add(file);

        var (plan, failure) = await new ManifestLoader(_store).LoadAsync(service, default);

        failure.Should().BeNull();
        plan!.Content.Digest.Should().Be(_image.Digest);
        _store.Wanted.Should().ContainSingle().Which.Origin.Should().Be(new Uri("http://origin.example/manifest"));
        _store.Leases.Should().OnlyContain(l => l.IsDisposed);
    }

    [Fact]
    public async Task Load_DetachedManifestOfAnotherUpdate_IsRefused()
    {
        var (service, file) = Detached(Deployments.Manifest(_image), "9.9");
        _store.Add(file);

        var (plan, failure) = await new ManifestLoader(_store).LoadAsync(service, default);

        plan.Should().BeNull();
        failure!.Reason.Should().Be(FailureReason.ManifestInvalid);
        failure.Text.Should().Contain("Contoso/Mcu/2.0 in the detached manifest");
    }

    [Fact]
    public async Task Load_DetachedInsideDetached_IsUnsupported()
    {
        var (inner, _) = Detached(Deployments.Manifest(_image));
        var (service, file) = Detached(JsonNode.Parse(inner.UpdateManifest!)!.AsObject());
        _store.Add(file);

        var (_, failure) = await new ManifestLoader(_store).LoadAsync(service, default);

        failure!.Reason.Should().Be(FailureReason.ManifestUnsupported);
    }

    [Fact]
    public async Task Load_DetachedManifestTooLarge_IsNotFetched()
    {
        var (service, _) = Detached(Deployments.Manifest(_image), padding: 2_000_000);

        var (_, failure) = await new ManifestLoader(_store).LoadAsync(service, default);

        failure!.Text.Should().Contain("at most 1048576 for a detached manifest");
        _store.Wanted.Should().BeEmpty();
    }

    private static (DesiredService Service, byte[] File) Detached(JsonObject manifest, string version = "2.0", int padding = 0)
    {
        var file = System.Text.Encoding.UTF8.GetBytes(
            new JsonObject { ["updateManifest"] = manifest.ToJsonString(), ["padding"] = new string(' ', padding) }.ToJsonString());
        var mini = new JsonObject
        {
            ["manifestVersion"] = "5",
            ["updateId"] = new JsonObject { ["provider"] = "Contoso", ["name"] = "Mcu", ["version"] = version },
            ["detachedManifestFileId"] = "fd",
            ["files"] = new JsonObject { ["fd"] = Deployments.File("m.json", file) },
        };
        var service = new DesiredService
        {
            Workflow = new WorkflowOrder(WorkflowAction.ProcessDeployment, "w", null),
            UpdateManifest = mini.ToJsonString(),
            FileUrls = new Dictionary<string, string> { ["fd"] = "http://origin.example/manifest", [Deployments.FileId] = "http://origin.example/mcu.bin" },
        };
        return (service, file);
    }
}
