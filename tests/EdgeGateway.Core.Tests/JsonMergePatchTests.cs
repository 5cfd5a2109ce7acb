using System.Text.Json.Nodes;
using CsCheck;

namespace EdgeGateway.Core.Tests;

public sealed class JsonMergePatchTests
{
    [Theory]
    [InlineData("""{"a":1,"b":{"c":1,"d":2}}""", """{"a":1,"b":{"c":1,"d":3}}""", """{"b":{"d":3}}""")]
    [InlineData("""{"a":1}""", """{}""", """{"a":null}""")]
    [InlineData("""{"a":{"b":1}}""", """{"a":null}""", """{"a":null}""")]
    [InlineData("""{}""", """{"a":null}""", null)]
    [InlineData("""{"a":[1,2]}""", """{"a":[1,3]}""", """{"a":[1,3]}""")]
    [InlineData("""{"a":1}""", """{"a":{"b":2}}""", """{"a":{"b":2}}""")]
    [InlineData("""{"a":1.0}""", """{"a":1.0}""", null)]
    public void Difference_TwoDocuments_IsWhatChanges(string from, string to, string? expected)
    {
        var patch = JsonMergePatch.Difference(Parse(from), Parse(to));

        patch?.ToJsonString().Should().Be(expected);
        (patch is null).Should().Be(expected is null);
    }

    [Fact]
    public void Difference_NumbersMadeAndParsed_AreTheSame() =>
        JsonMergePatch.Difference(Parse("""{"a":5,"b":1.5,"c":7}"""), new JsonObject { ["a"] = 5, ["b"] = 1.5, ["c"] = 7L }).Should().BeNull();

    [Theory]
    [InlineData("""{"a":1,"b":{"c":1}}""", """{"b":{"d":2}}""", """{"a":1,"b":{"c":1,"d":2}}""")]
    [InlineData("""{"a":1}""", """{"a":null}""", """{"a":null}""")]
    [InlineData("""{"a":null}""", """{"a":{"b":1}}""", """{"a":{"b":1}}""")]
    public void Combine_TwoPatches_TheLaterCounts(string earlier, string later, string expected)
    {
        var patch = Parse(earlier);
        JsonMergePatch.Combine(patch, Parse(later));

        patch.ToJsonString().Should().Be(expected);
    }

    [Theory]
    [InlineData("""{"a":1}""", """{"b":null}""", """{"a":1}""")]
    [InlineData("""{"a":{"b":1,"c":2}}""", """{"a":{"b":null}}""", """{"a":{"c":2}}""")]
    [InlineData("""{"a":1}""", """{"a":{"b":{"c":null}}}""", """{"a":{"b":{}}}""")]
    [InlineData("""{"a":[1,2]}""", """{"a":[3]}""", """{"a":[3]}""")]
    public void Applied_Patch_ChangesACopyOnly(string document, string patch, string expected)
    {
        var original = Parse(document);

        JsonMergePatch.Applied(original, Parse(patch)).ToJsonString().Should().Be(expected);

        original.ToJsonString().Should().Be(document);
    }

    [Fact]
    public void Difference_AnyTwoDocuments_AppliedToTheFirstGivesTheSecond() => Gen.Select(RandomJson.Document, RandomJson.Document).Sample((from, to) =>
    {
        var patch = JsonMergePatch.Difference(from, to);

        return JsonNode.DeepEquals(patch is null ? from : JsonMergePatch.Applied(from, patch), to) && (patch is null) == JsonNode.DeepEquals(from, to);
    });

    [Fact]
    public void Difference_AnyDocument_OfItselfIsNone() =>
        RandomJson.Document.Sample(document => JsonMergePatch.Difference(document, document.DeepClone().AsObject()) is null);

    [Fact]
    public void Apply_AnyPatchTwice_IsTheSameAsOnce() => Gen.Select(RandomJson.Document, RandomJson.Patch).Sample((document, patch) =>
    {
        var once = JsonMergePatch.Applied(document, patch);

        return JsonNode.DeepEquals(JsonMergePatch.Applied(once, patch), once);
    });

    // A patch cannot say "put an empty object here, then these properties": where an object follows a null or a plain value, two patches stay two.
    [Fact]
    public void Combine_AnyTwoPatchesThatOneCanReplace_HasTheEffectOfBoth() =>
        Gen.Select(RandomJson.Document, RandomJson.Patch, RandomJson.Patch).Where((_, earlier, later) => !ReplacesByObject(earlier, later))
            .Sample((document, earlier, later) =>
            {
                var both = JsonMergePatch.Applied(JsonMergePatch.Applied(document, earlier), later);
                var combined = earlier.DeepClone().AsObject();
                JsonMergePatch.Combine(combined, later);

                return JsonNode.DeepEquals(JsonMergePatch.Applied(document, combined), both);
            });

    [Fact]
    public void Combine_AnyPatches_LeavesTheLaterOneAlone() => Gen.Select(RandomJson.Patch, RandomJson.Patch, RandomJson.Patch).Sample((a, b, c) =>
    {
        var text = b.ToJsonString();
        JsonMergePatch.Combine(a, b);
        JsonMergePatch.Combine(a, c);

        return b.ToJsonString() == text;
    });

    private static bool ReplacesByObject(JsonObject earlier, JsonObject later) => later.Any(p =>
        p.Value is JsonObject section
        && earlier.TryGetPropertyValue(p.Key, out var before)
        && (before is not JsonObject sectionBefore || ReplacesByObject(sectionBefore, section)));

    private static JsonObject Parse(string json) => JsonNode.Parse(json)!.AsObject();
}
