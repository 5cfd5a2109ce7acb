using System.Text.Json.Nodes;
using EdgeGateway.Simulators.IotHub.Errors;
using EdgeGateway.Simulators.IotHub.Twins;
using EdgeGateway.Testing;

namespace EdgeGateway.Simulators.IotHub.Tests.Twins;

public sealed class TwinTests
{
    private readonly VirtualTime _time = new();

    [Fact]
    public void PatchReported_Metadata_HasTimeOfEachProperty()
    {
        var twin = new Twin(_time);
        twin.PatchReported(Json("""{"a":{"b":1},"c":2}"""));
        _time.Advance(TimeSpan.FromSeconds(1));
        twin.PatchReported(Json("""{"c":3}"""));

        var metadata = twin.ForService()["properties"]!["reported"]!["$metadata"]!;

        metadata["$lastUpdated"]!.GetValue<string>().Should().StartWith("2026-11-01T12:00:01");
        metadata["a"]!["b"]!["$lastUpdated"]!.GetValue<string>().Should().StartWith("2026-11-01T12:00:00");
        metadata["c"]!["$lastUpdated"]!.GetValue<string>().Should().StartWith("2026-11-01T12:00:01");
    }

    [Fact]
    public void PatchReported_ScalarForObjectAndBack_Replaces()
    {
        var twin = new Twin(_time);
        twin.PatchReported(Json("""{"a":{"b":1}}"""));
        twin.PatchReported(Json("""{"a":7}"""));
        twin.PatchReported(Json("""{"a":{"c":2}}"""));

        twin.Reported.ToJsonString().Should().Be("""{"a":{"c":2}}""");
    }

    [Fact]
    public void PatchReported_NullWithinNewObject_IsNotStored()
    {
        var twin = new Twin(_time);

        twin.PatchReported(Json("""{"a":{"b":null,"c":1}}"""));

        twin.Reported.ToJsonString().Should().Be("""{"a":{"c":1}}""");
    }

    [Fact]
    public void Update_WrongETag_ChangesNothing()
    {
        var twin = new Twin(_time);
        var etag = twin.ETag;
        twin.Update(Json("""{"site":"a"}"""), null, replace: false, etag);

        FluentActions.Invoking(() => twin.Update(null, Json("""{"x":1}"""), replace: false, etag))
            .Should().Throw<HubRequestException>().Which.Error.Should().Be(HubError.PreconditionFailed);
        twin.Desired.Should().BeEmpty();
        twin.ETag.Should().NotBe(etag);
    }

    [Fact]
    public void Update_TagsTooLarge_ChangesNothing()
    {
        var twin = new Twin(_time);
        var text = new string('x', 4000);

        FluentActions.Invoking(() => twin.Update(Json($$"""{"a":"{{text}}","b":"{{text}}","c":"{{text}}"}"""), Json("""{"x":1}"""), false, null))
            .Should().Throw<HubRequestException>().Which.Error.Should().Be(HubError.TooLarge);
        twin.DesiredVersion.Should().Be(1);
    }

    [Fact]
    public void Update_Replace_TakesPlaceOfAll()
    {
        var twin = new Twin(_time);
        twin.Update(Json("""{"old":1}"""), Json("""{"old":1,"both":{"x":1,"y":1}}"""), replace: false, null);

        twin.Update(Json("""{"new":2}"""), Json("""{"both":{"x":2}}"""), replace: true, null);

        twin.Desired.ToJsonString().Should().Be("""{"both":{"x":2}}""");
        twin.ForService()["tags"]!.ToJsonString().Should().Be("""{"new":2}""");
    }

    [Fact]
    public void Load_Saved_IsTheSame()
    {
        var twin = new Twin(_time);
        twin.Update(Json("""{"site":"a"}"""), Json("""{"x":1}"""), replace: false, null);
        twin.PatchReported(Json("""{"y":[1,2]}"""));
        var copy = new Twin(_time);

        copy.Load(twin.Save());

        JsonNode.DeepEquals(copy.Save(), twin.Save()).Should().BeTrue();
        copy.ETag.Should().Be(twin.ETag);
    }

    private static JsonObject Json(string text) => JsonNode.Parse(text)!.AsObject();
}
