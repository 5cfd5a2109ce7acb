using System.Net;
using System.Text.Json.Nodes;

namespace EdgeGateway.Simulators.IotHub.Tests.Rest;

public sealed class TwinEndpointsTests
{
    [Fact]
    public async Task Get_Twin_HasAllParts()
    {
        await using var environment = await HubEnvironment.StartAsync();
        environment.Device.Twin.PatchReported(new JsonObject { ["a"] = 1 });

        var (response, twin) = await environment.CallAsync(HttpMethod.Get, "/twins/mcu-07");

        response.Headers.ETag!.Tag.Should().Be($"\"{twin!["etag"]!.GetValue<string>()}\"");
        twin.AsObject().Select(p => p.Key).Should().Contain(
            ["deviceId", "etag", "deviceEtag", "status", "connectionState", "authenticationType", "modelId", "version", "tags", "properties"]);
        twin["properties"]!["reported"]!["a"]!.GetValue<int>().Should().Be(1);
        twin["properties"]!["reported"]!["$version"]!.GetValue<int>().Should().Be(2);
        twin["properties"]!["reported"]!["$metadata"]!["a"]!["$lastUpdated"].Should().NotBeNull();
    }

    [Fact]
    public async Task Patch_TagsAndDesired_AreMerged()
    {
        await using var environment = await HubEnvironment.StartAsync();
        await environment.CallAsync(HttpMethod.Patch, "/twins/mcu-07", """{"tags":{"site":"a","old":1},"properties":{"desired":{"x":1,"y":2}}}""");

        var (_, twin) = await environment.CallAsync(
            HttpMethod.Patch, "/twins/mcu-07", """{"tags":{"old":null},"properties":{"desired":{"x":null,"z":3}}}""");

        twin!["tags"]!.ToJsonString().Should().Be("""{"site":"a"}""");
        environment.Device.Twin.Desired.ToJsonString().Should().Be("""{"y":2,"z":3}""");
        environment.Device.Twin.DesiredVersion.Should().Be(3);
    }

    [Fact]
    public async Task Put_WholeTwinSentBack_ReplacesWithoutHubsFields()
    {
        await using var environment = await HubEnvironment.StartAsync();
        await environment.CallAsync(HttpMethod.Patch, "/twins/mcu-07", """{"properties":{"desired":{"x":1,"y":2}}}""");
        var (_, twin) = await environment.CallAsync(HttpMethod.Get, "/twins/mcu-07");
        twin!["properties"]!["desired"]!.AsObject().Remove("x");

        var (response, _) = await environment.CallAsync(HttpMethod.Put, "/twins/mcu-07", twin.ToJsonString(), "*");

        response.StatusCode.Should().Be(HttpStatusCode.OK);
        environment.Device.Twin.Desired.ToJsonString().Should().Be("""{"y":2}""");
    }

    [Fact]
    public async Task Patch_OldETag_Is412()
    {
        await using var environment = await HubEnvironment.StartAsync();
        var etag = $"\"{environment.Device.Twin.ETag}\"";
        await environment.CallAsync(HttpMethod.Patch, "/twins/mcu-07", """{"properties":{"desired":{"x":1}}}""", etag);

        await ErrorAnswer.ShouldBeAsync(
            environment.CallAsync(HttpMethod.Patch, "/twins/mcu-07", """{"properties":{"desired":{"x":2}}}""", etag),
            HttpStatusCode.PreconditionFailed,
            "PreconditionFailed",
            412001);
        environment.Device.Twin.Desired["x"]!.GetValue<int>().Should().Be(1);
    }

    [Theory]
    [InlineData("""{"properties":{"desired":{"a.b":1}}}""")]
    [InlineData("""{"properties":{"reported":{"a":1}}}""")]
    [InlineData("""{"tags":{"$a":1}}""")]
    [InlineData("""{"tags":1}""")]
    public async Task Patch_Wrong_Is400(string body)
    {
        await using var environment = await HubEnvironment.StartAsync();

        await ErrorAnswer.ShouldBeAsync(
            environment.CallAsync(HttpMethod.Patch, "/twins/mcu-07", body), HttpStatusCode.BadRequest, "ArgumentInvalid", 400004);
    }

    [Fact]
    public async Task Patch_TooLarge_Is413()
    {
        await using var environment = await HubEnvironment.StartAsync();
        var values = string.Join(",", Enumerable.Range(0, 9).Select(i => $"\"p{i}\":\"{new string('x', 4000)}\""));

        await ErrorAnswer.ShouldBeAsync(
            environment.CallAsync(HttpMethod.Patch, "/twins/mcu-07", $$"""{"properties":{"desired":{ {{values}} } } }"""),
            HttpStatusCode.RequestEntityTooLarge,
            "MessageTooLarge",
            413001);
    }

    [Fact]
    public async Task Get_Absent_Is404()
    {
        await using var environment = await HubEnvironment.StartAsync();

        await ErrorAnswer.ShouldBeAsync(
            environment.CallAsync(HttpMethod.Get, "/twins/absent"), HttpStatusCode.NotFound, "DeviceNotFound", 404001);
    }
}
