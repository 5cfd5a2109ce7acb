using System.Text.Json.Nodes;

namespace EdgeGateway.Core.Tests;

public sealed class JsonMergeTests
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

    private static JsonObject Parse(string json) => JsonNode.Parse(json)!.AsObject();
}
