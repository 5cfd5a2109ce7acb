using System.Text.Json.Nodes;
using EdgeGateway.Hub.Connections.Reports;
using EdgeGateway.Testing;
using Xunit.Abstractions;

namespace EdgeGateway.Hub.Tests.Connections.Reports;

public sealed class PendingReportTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData("""{"a":1}""", """{"b":2}""", """{"a":1,"b":2}""")]
    [InlineData("""{"a":1}""", """{"a":2}""", """{"a":2}""")]
    [InlineData("""{"a":{"b":1,"c":1}}""", """{"a":{"c":2,"d":3}}""", """{"a":{"b":1,"c":2,"d":3}}""")]
    [InlineData("""{"a":{"b":1}}""", """{"a":null}""", """{"a":null}""")]
    [InlineData("""{"a":{"b":1}}""", """{"a":{"b":null}}""", """{"a":{"b":null}}""")]
    [InlineData("""{"a":[1,2]}""", """{"a":[3]}""", """{"a":[3]}""")]
    public void Add_TwoPatches_FoldsThemIntoOne(string first, string second, string expected)
    {
        var report = new PendingReport();
        report.Add(Parse(first));
        report.Add(Parse(second));

        report.Patches.Should().ContainSingle().Which.ToJsonString().Should().Be(expected);
    }

    [Fact]
    public void Add_RemovedThenFilled_ClearsTheOldContentFirst()
    {
        var report = new PendingReport();
        report.Add(Parse("""{"agent":{"stepResults":null,"state":6}}"""));
        report.Add(Parse("""{"agent":{"stepResults":{"step_0":{"resultCode":700}}}}"""));

        report.Patches.Select(p => p.ToJsonString()).Should().Equal(
            """{"agent":{"stepResults":null}}""",
            """{"agent":{"stepResults":{"step_0":{"resultCode":700}},"state":6}}""");
    }

    [Fact]
    public void Add_PatchChangedAfterwards_KeepsWhatWasGiven()
    {
        var report = new PendingReport();
        var patch = Parse("""{"a":{"b":1}}""");
        report.Add(patch);
        patch["a"]!["b"] = 2;

        report.Patches.Single().ToJsonString().Should().Be("""{"a":{"b":1}}""");
    }

    [Fact]
    public void Add_RandomPatches_HaveTheEffectOfAllOneByOne()
    {
        var random = new Random(Seed.Take(output));
        for (var run = 0; run < 5_000; run++)
        {
            var start = RandomObject(random, 3, nulls: false);
            var expected = (JsonObject)start.DeepClone();
            var report = new PendingReport();
            for (var patches = random.Next(1, 6); patches > 0; patches--)
            {
                var patch = RandomObject(random, 3, nulls: true);
                MergePatch.Apply(expected, patch);
                report.Add(patch);
            }

            var actual = (JsonObject)start.DeepClone();
            foreach (var patch in report.Patches)
            {
                MergePatch.Apply(actual, patch);
            }

            report.Patches.Count().Should().BeLessThanOrEqualTo(2);
            JsonNode.DeepEquals(actual, expected).Should().BeTrue($"run {run}: {actual.ToJsonString()} should be {expected.ToJsonString()}");
        }
    }

    private static JsonObject RandomObject(Random random, int depth, bool nulls)
    {
        var result = new JsonObject();
        for (var i = random.Next(4); i > 0; i--)
        {
            var name = ((char)('a' + random.Next(3))).ToString();
            result[name] = random.Next(depth > 0 ? 4 : 2) switch
            {
                0 when nulls => null,
                0 or 1 => random.Next(10),
                _ => RandomObject(random, depth - 1, nulls),
            };
        }

        return result;
    }

    private static JsonObject Parse(string json) => JsonNode.Parse(json)!.AsObject();
}
