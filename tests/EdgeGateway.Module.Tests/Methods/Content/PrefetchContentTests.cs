using System.Text.Json.Nodes;
using EdgeGateway.Content;
using EdgeGateway.Module.Prefetch;
using EdgeGateway.Module.Tests.Fakes;
using EdgeGateway.Serial;
using Microsoft.Extensions.DependencyInjection;

namespace EdgeGateway.Module.Tests.Methods.Content;

/// <summary>The methods of fetching ahead, called as the hub does, and the list of the module twin.</summary>
public sealed class PrefetchContentTests
{
    private static readonly string Hex = Sha256Digest.Of([1]).ToString();
    private static readonly string Base64 = Convert.ToBase64String(Sha256Digest.Of([2]).Bytes);

    [Fact]
    public async Task PrefetchContent_HexAndBase64_Taken()
    {
        await using var bench = await MethodBench.StartAsync();

        var answer = await bench.CallAsync(
            "PrefetchContent", $$"""{ "files": [ { "sha256": "{{Hex}}", "sizeInBytes": 10 }, { "sha256": "{{Base64}}", "sizeInBytes": 20 } ] }""");

        answer.Status.Should().Be(202);
        var id = answer.Payload!["operationId"]!.GetValue<string>();
        var files = (await bench.CallAsync("GetPrefetch", $$"""{ "operationId": "{{id}}" }""")).Payload!["files"]!.AsArray();
        files.Select(f => f!["sha256"]!.GetValue<string>()).Should().Equal(Hex, Sha256Digest.Of([2]).ToString());
        files.Select(f => f!["sizeInBytes"]!.GetValue<long>()).Should().Equal(10, 20);
    }

    [Fact]
    public async Task PrefetchContent_DesiredComponent_AllFilesOfItsManifest()
    {
        await using var bench = await MethodBench.StartAsync();

        var answer = await bench.CallAsync("PrefetchContent", new JsonObject { ["deviceUpdate"] = Update("http://127.0.0.1:9/mcu.bin?sig=SECRET") }, "edge/gateway");

        answer.Status.Should().Be(202, answer.Payload?.ToJsonString());
        bench.Services.GetRequiredService<Prefetcher>().Entries.Should().ContainSingle()
            .Which.Content.Should().Be(new ContentReference(Sha256Digest.Of([2]), 20, new Uri("http://127.0.0.1:9/mcu.bin?sig=SECRET")));
        (await bench.CallAsync("GetPrefetch")).Payload!.ToJsonString().Should().NotContain("SECRET");
    }

    [Theory]
    [InlineData("{}", "files")]
    [InlineData("""{ "files": [] }""", "files")]
    [InlineData("""{ "files": [ { "sizeInBytes": 1 } ] }""", "files[0].sha256")]
    [InlineData("""{ "files": [ { "sha256": "00", "sizeInBytes": 1 } ] }""", "files[0].sha256")]
    [InlineData("""{ "files": [ { "sha256": "HEX" } ] }""", "files[0].sizeInBytes")]
    [InlineData("""{ "files": [ { "sha256": "HEX", "sizeInBytes": 0 } ] }""", "files[0].sizeInBytes")]
    [InlineData("""{ "files": [ { "sha256": "HEX", "sizeInBytes": 1, "url": "file:///etc/passwd" } ] }""", "files[0].url")]
    [InlineData("""{ "files": [ { "sha256": "HEX", "sizeInBytes": 1 } ], "days": 366 }""", "days")]
    [InlineData("""{ "deviceUpdate": {} }""", "deviceUpdate")]
    [InlineData("""{ "deviceUpdate": { "service": { "workflow": { "action": 3, "id": "w" }, "updateManifest": "{}", "fileUrls": {} } } }""", "deviceUpdate")]
    [InlineData("""{ "deviceUpdate": 1 }""", "deviceUpdate")]
    public async Task PrefetchContent_Mistake_RefusedWithItsPlace(string payload, string field)
    {
        await using var bench = await MethodBench.StartAsync();

        var answer = await bench.CallAsync("PrefetchContent", payload.Replace("HEX", Hex, StringComparison.Ordinal));

        answer.Status.Should().Be(400);
        answer.Payload!["errors"]!.AsArray().Select(e => e!["field"]!.GetValue<string>()).Should().Contain(field);
        bench.Services.GetRequiredService<Prefetcher>().Entries.Should().BeEmpty();
    }

    [Fact]
    public async Task PrefetchContent_BothForms_Refused()
    {
        await using var bench = await MethodBench.StartAsync();
        var payload = new JsonObject { ["deviceUpdate"] = Update("http://127.0.0.1:9/a"), ["files"] = new JsonArray() };

        (await bench.CallAsync("PrefetchContent", payload, "edge/gateway")).Status.Should().Be(400);
    }

    [Fact]
    public async Task CancelPrefetch_KnownAndUnknown_AsDocumented()
    {
        await using var bench = await MethodBench.StartAsync();
        var id = (await bench.CallAsync("PrefetchContent", $$"""{ "files": [ { "sha256": "{{Hex}}", "sizeInBytes": 10 } ] }""")).Payload!["operationId"]!;
        var request = new JsonObject { ["operationId"] = id.DeepClone() };

        var done = await bench.CallAsync("CancelPrefetch", request, "edge/gateway");
        var again = await bench.CallAsync("CancelPrefetch", request, "edge/gateway");
        var twin = await bench.CallAsync("CancelPrefetch", """{ "operationId": "twin" }""");

        done.Status.Should().Be(200);
        Schema.Problems(MethodsPage.Read()["CancelPrefetch"].Response, done.Payload).Should().BeEmpty();
        again.Status.Should().Be(404);
        twin.Status.Should().Be(409);
    }

    [Fact]
    public async Task Twin_ListOfFiles_IsFollowedAndReported()
    {
        await using var bench = await MethodBench.StartAsync();
        var (twin, prefetcher) = (bench.Services.GetRequiredService<PrefetchTwin>(), bench.Services.GetRequiredService<Prefetcher>());

        twin.Component().Should().BeEmpty();
        twin.Apply(JsonNode.Parse($$"""{ "prefetch": { "files": [ { "sha256": "{{Hex}}", "sizeInBytes": 10 } ] } }""")!.AsObject());
        prefetcher.Entries.Should().ContainSingle().Which.Operation.Should().Be("twin");
        twin.Component()["files"]!.GetValue<int>().Should().Be(1);

        twin.Apply(JsonNode.Parse("""{ "prefetch": { "files": [ { "sha256": "no" } ] } }""")!.AsObject());
        prefetcher.Entries.Should().ContainSingle("a list with a mistake changes nothing");
        twin.Component()["errors"]!.AsArray().Should().HaveCount(2);

        twin.Apply([]);
        prefetcher.Entries.Should().BeEmpty();
        twin.Component().Should().BeEmpty();
    }

    private static JsonObject Update(string url) => JsonNode.Parse("""
        {
          "__t": "c",
          "service": {
            "workflow": { "action": 3, "id": "w-1" },
            "updateManifest": "{\"manifestVersion\":\"5\",\"updateId\":{\"provider\":\"Contoso\",\"name\":\"Mcu\",\"version\":\"2.0\"},\"compatibility\":[{\"manufacturer\":\"Contoso\",\"model\":\"MCU-A\"}],\"instructions\":{\"steps\":[{\"handler\":\"contoso/mcu:1\",\"files\":[\"f1\"],\"handlerProperties\":{\"installedCriteria\":\"2.0\"}}]},\"files\":{\"f1\":{\"fileName\":\"mcu.bin\",\"sizeInBytes\":20,\"hashes\":{\"sha256\":\"BASE64\"}}},\"createdDateTime\":\"2026-01-01T00:00:00Z\"}",
            "fileUrls": { "f1": "URL" }
          }
        }
        """.Replace("BASE64", Base64, StringComparison.Ordinal).Replace("URL", url, StringComparison.Ordinal))!.AsObject();
}
