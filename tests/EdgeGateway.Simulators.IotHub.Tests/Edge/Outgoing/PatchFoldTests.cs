using System.Text.Json.Nodes;
using EdgeGateway.Simulators.IotHub.Edge.Outgoing;
using EdgeGateway.Simulators.IotHub.Twins;
using EdgeGateway.Testing;
using Xunit.Abstractions;

namespace EdgeGateway.Simulators.IotHub.Tests.Edge.Outgoing;

public sealed class PatchFoldTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData("""{"a":1}""", """{"b":2}""", """{"a":1,"b":2}""")]
    [InlineData("""{"a":1}""", """{"a":null}""", """{"a":null}""")]
    [InlineData("""{"a":{"x":1}}""", """{"a":{"y":2,"x":null}}""", """{"a":{"x":null,"y":2}}""")]
    [InlineData("""{"a":null}""", """{"a":7}""", """{"a":7}""")]
    [InlineData("""{"a":null}""", """{"a":{"x":1}}""", null)]
    [InlineData("""{"a":5}""", """{"a":{"x":1}}""", null)]
    public void Fold_TwoPatches_IsOneOrNone(string earlier, string later, string? expected) =>
        PatchFold.Fold(Object(earlier), Object(later))?.ToJsonString().Should().Be(expected);

    [Fact]
    public void Fold_RandomPatches_HaveTheSameEffect()
    {
        var random = new Random(Seed.Take(output));
        for (var i = 0; i < 2000; i++)
        {
            var (content, first, second) = (Random(random, 3, nulls: false), Random(random, 3), Random(random, 3));

            if (PatchFold.Fold(first, second) is { } folded)
            {
                var oneByOne = JsonMergePatch.Applied(JsonMergePatch.Applied(content, first), second);
                JsonNode.DeepEquals(JsonMergePatch.Applied(content, folded), oneByOne).Should().BeTrue("{0} + {1} on {2}", first, second, content);
            }
        }
    }

    private static JsonObject Object(string json) => JsonNode.Parse(json)!.AsObject();

    private static JsonObject Random(Random random, int depth, bool nulls = true)
    {
        var result = new JsonObject();
        foreach (var name in new[] { "a", "b", "c" }.Where(_ => random.Next(2) == 0))
        {
            result[name] = random.Next(3) switch
            {
                0 when depth > 0 => Random(random, depth - 1, nulls),
                1 when nulls => null,
                _ => random.Next(10),
            };
        }

        return result;
    }
}
