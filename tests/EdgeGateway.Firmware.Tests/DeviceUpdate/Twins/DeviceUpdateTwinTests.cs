using System.Text.Json.Nodes;
using EdgeGateway.Firmware.DeviceUpdate.Twins;
using EdgeGateway.Firmware.Tests.Workflow.Support;
using EdgeGateway.Testing;
using Xunit.Abstractions;

namespace EdgeGateway.Firmware.Tests.DeviceUpdate.Twins;

public sealed class DeviceUpdateTwinTests(ITestOutputHelper output)
{
    private const string Damage = "{}[]\":,0 \\nul";

    [Fact]
    public void Read_Deployment_HasEverythingVerbatim()
    {
        var manifest = "{ \"a\" : \"b+/ä\" }";
        var desired = Parse($$$$"""
            {"other":1,"deviceUpdate":{"__t":"c","service":{
              "workflow":{"action":3,"id":"id-1","retryTimestamp":"2022-01-26T11:33:29.9680598Z"},
              "rootKeyPackageUrl":"http://r","updateManifest":{{{{System.Text.Json.JsonSerializer.Serialize(manifest)}}}},
              "updateManifestSignature":"a.b.c","fileUrls":{"f1":"http://x","f2":"http://y"},"unknown":[]}}}
            """);

        var twin = DeviceUpdateTwin.Read(desired, 7, null);

        twin.Version.Should().Be(7);
        twin.Reported.Should().BeNull();
        twin.Errors.Should().BeEmpty();
        twin.Service!.Workflow.Should().Be(new WorkflowOrder(WorkflowAction.ProcessDeployment, "id-1", "2022-01-26T11:33:29.9680598Z"));
        twin.Service.UpdateManifest.Should().Be(manifest);
        twin.Service.UpdateManifestSignature.Should().Be("a.b.c");
        twin.Service.RootKeyPackageUrl.Should().Be("http://r");
        twin.Service.FileUrls.Should().Equal(new Dictionary<string, string> { ["f1"] = "http://x", ["f2"] = "http://y" });
        twin.Service.Errors.Should().BeEmpty();
    }

    [Fact]
    public void Read_CancelWithNulls_IsInOrder()
    {
        var twin = DeviceUpdateTwin.Read(Deployments.DesiredCancel(), 1, null);

        twin.Service!.Workflow.Should().Be(new WorkflowOrder(WorkflowAction.Cancel, "nodeployment", null));
        twin.Service.Errors.Should().BeEmpty();
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"deviceUpdate":null}""")]
    [InlineData("""{"deviceUpdate":{"__t":"c"}}""")]
    [InlineData("""{"deviceUpdate":{"service":null}}""")]
    public void Read_NothingThere_IsNoError(string desired)
    {
        var twin = DeviceUpdateTwin.Read(Parse(desired), null, null);

        twin.Service.Should().BeNull();
        twin.Errors.Should().BeEmpty();
    }

    [Theory]
    [InlineData("""{"deviceUpdate":7}""", "deviceUpdate is 7; expected an object")]
    [InlineData("""{"deviceUpdate":{"service":[]}}""", "deviceUpdate.service is []; expected an object")]
    [InlineData("""{"deviceUpdate":{"service":{}}}""", "deviceUpdate.service.workflow is missing; expected an object with action and id")]
    [InlineData("""{"deviceUpdate":{"service":{"workflow":{"action":"3","id":"x"}}}}""", "deviceUpdate.service.workflow.action is \"3\"; expected a whole number")]
    [InlineData("""{"deviceUpdate":{"service":{"workflow":{"action":1,"id":"x"}}}}""", "deviceUpdate.service.workflow.action is 1; expected 3 (process the deployment) or 255 (cancel)")]
    [InlineData("""{"deviceUpdate":{"service":{"workflow":{"action":3}}}}""", "deviceUpdate.service.workflow.id is missing; expected a text")]
    [InlineData("""{"deviceUpdate":{"service":{"workflow":{"action":3,"id":"x","retryTimestamp":5}}}}""", "deviceUpdate.service.workflow.retryTimestamp is 5; expected a text")]
    [InlineData("""{"deviceUpdate":{"service":{"workflow":{"action":3,"id":"x","id":"y"}}}}""", "deviceUpdate")]
    [InlineData("""{"deviceUpdate":{"service":{"workflow":{"action":3,"id":"\ud800"}}}}""", "deviceUpdate is unreadable")]
    public void Read_OrderCannotBeTold_NamesTheField(string desired, string error)
    {
        var twin = DeviceUpdateTwin.Read(Parse(desired), 1, null);
        if (twin.Service is null)
        {
            string.Join("; ", twin.Errors).Should().Contain(error);
        }
        else
        {
            twin.Service.Workflow.Id.Should().Be("y", "of doubled names the last counts, as for any reader of twins");
        }
    }

    [Theory]
    [InlineData("updateManifest", "7", "deviceUpdate.service.updateManifest is 7")]
    [InlineData("updateManifest", "null", "deviceUpdate.service.updateManifest is missing")]
    [InlineData("fileUrls", "[]", "deviceUpdate.service.fileUrls is []; expected an object")]
    [InlineData("fileUrls", "{\"f1\":7}", "deviceUpdate.service.fileUrls.f1 is 7")]
    [InlineData("updateManifestSignature", "{}", "deviceUpdate.service.updateManifestSignature is {}")]
    public void Read_OrderCannotBeCarriedOut_KeepsItsNameBesideTheErrors(string field, string json, string error)
    {
        var desired = Deployments.Desired("x", []);
        desired["deviceUpdate"]!["service"]![field] = JsonNode.Parse(json);

        var twin = DeviceUpdateTwin.Read(desired, 1, null);

        twin.Service!.Workflow.Id.Should().Be("x");
        string.Join("; ", twin.Service.Errors).Should().StartWith(error);
    }

    [Fact]
    public void Read_AnyDamage_NeverThrows()
    {
        var random = new Random(Seed.Take(output));
        var good = Deployments.Desired("x", Deployments.Manifest(new Tests.Workflow.Support.Firmware("2.0"))).ToJsonString();
        for (var i = 0; i < 3000; i++)
        {
            var text = good.ToCharArray();
            text[random.Next(text.Length)] = Damage[random.Next(Damage.Length)];
            JsonObject desired;
            try
            {
                desired = Parse(new string(text));
            }
            catch (Exception e) when (e is System.Text.Json.JsonException or InvalidOperationException)
            {
                continue; // no twin at all: that is for the hub's client to say
            }

            DeviceUpdateTwin.Read(desired, 1, desired).Should().NotBeNull();
        }
    }

    [Fact]
    public void Read_Reported_TellsWhatTheHubLastHeard()
    {
        var reported = Parse("""{"deviceUpdate":{"agent":{"state":255,"workflow":{"id":"w","retryTimestamp":"t"},"installedUpdateId":"{}"}}}""");

        DeviceUpdateTwin.Read([], 1, reported).Reported.Should().Be(new ReportedAgent(255, "w", "t", "{}"));
        DeviceUpdateTwin.Read([], 1, []).Reported.Should().Be(new ReportedAgent(null, null, null, null));
        DeviceUpdateTwin.Read([], 1, Parse("""{"deviceUpdate":{"agent":{"state":"6"}}}""")).Reported!.State.Should().BeNull();
    }

    private static JsonObject Parse(string json) => JsonNode.Parse(json)!.AsObject();
}
