using System.IO.Compression;
using System.Text.Json.Nodes;
using EdgeGateway.Module.Methods;
using EdgeGateway.Module.Methods.Logs;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace EdgeGateway.Module.Tests.Methods.Logs;

public sealed class GetLogsTests
{
    [Fact]
    public async Task GetLogs_Text_IsAsWritten()
    {
        await using var bench = await MethodBench.StartAsync();
        bench.Services.GetRequiredService<ILoggerFactory>().CreateLogger("EdgeGateway.X").Log(LogLevel.Warning, default, "a word", null, (s, _) => s);

        var answer = await bench.CallAsync("GetLogs", """{ "items": [ { "id": "gate.*", "filter": { "regex": "a w.rd" } } ] }""");

        answer.Status.Should().Be(200);
        answer.Payload![0]!["id"]!.GetValue<string>().Should().Be("gateway");
        answer.Payload[0]!["payload"]!.GetValue<string>().Should().MatchRegex(@"^<4> .{30} \[WRN\] - a word\n$");
    }

    [Fact]
    public async Task GetLogs_FilterAndTail_PickTheNewestThatPass()
    {
        await using var bench = await MethodBench.StartAsync();
        var now = bench.Time.GetUtcNow();
        for (var i = 0; i < 10; i++)
        {
            bench.Log.Add(new LogLine(now.AddMinutes(i), i % 2 == 0 ? 3 : 6, $"line-{i}"));
        }

        bench.Time.Advance(TimeSpan.FromMinutes(20));
        var answer = await bench.CallAsync(
            "GetLogs",
            """{ "items": [ { "id": "gateway", "filter": { "tail": 2, "since": "18m", "until": "13 minutes", "loglevel": 4, "regex": "^line" } } ], "contentType": "json" }""");

        var lines = JsonNode.Parse(answer.Payload![0]!["payload"]!.GetValue<string>())!.AsArray();
        lines.Select(l => l!["text"]!.GetValue<string>()).Should().Equal("line-4", "line-6");
        lines[0]!.AsObject().Select(p => p.Key).Should().Equal("iothub", "device", "id", "stream", "loglevel", "text", "timestamp");
    }

    [Theory]
    [InlineData("none", "text")]
    [InlineData("none", "json")]
    [InlineData("gzip", "text")]
    public async Task GetLogs_MoreThanFits_KeepsTheNewest(string encoding, string contentType)
    {
        await using var bench = await MethodBench.StartAsync();
        var random = new Random(1);
        for (var i = 0; i < LogRing.MaxLines; i++)
        {
            bench.Log.Add(new LogLine(bench.Time.GetUtcNow(), 6, $"line {i} <'\"> {Convert.ToHexString(BitConverter.GetBytes(random.NextInt64()))}"));
        }

        var answer = await bench.CallAsync(
            "GetLogs", $$"""{ "items": [ { "id": "gateway" } ], "encoding": "{{encoding}}", "contentType": "{{contentType}}" }""");

        answer.Status.Should().Be(200);
        MethodAnswer.SizeOf(answer.Payload).Should().BeInRange(MethodAnswer.MaxBytes / 2, MethodAnswer.MaxBytes);
        Text(answer.Payload![0]!).Should().Contain($"line {LogRing.MaxLines - 1} ").And.NotContain("line 0 ");
    }

    [Fact]
    public async Task GetLogs_AnotherModule_Is404()
    {
        await using var bench = await MethodBench.StartAsync();

        (await bench.CallAsync("GetLogs", """{ "items": [ { "id": "edgeHub" } ] }""")).Status.Should().Be(404);
    }

    [Theory]
    [InlineData("""{ "items": [ { "id": "(" } ] }""", "items[0].id")]
    [InlineData("""{ "items": [ { "id": "gateway", "filter": { "regex": "(?=x)" } } ] }""", "items[0].filter.regex")]
    [InlineData("""{ "items": [ { "id": "gateway", "filter": { "since": "soon" } } ] }""", "items[0].filter.since")]
    [InlineData("""{ "schemaVersion": "2.0", "items": [ { "id": "gateway" } ] }""", "schemaVersion")]
    [InlineData("""{ "items": [ { "id": "gateway" } ], "encoding": "zip" }""", "encoding")]
    [InlineData("{}", "items")]
    public async Task GetLogs_Mistake_NamesTheField(string payload, string field)
    {
        await using var bench = await MethodBench.StartAsync();

        var answer = await bench.CallAsync("GetLogs", payload);

        (answer.Status, answer.Payload!["field"]!.GetValue<string>()).Should().Be((400, field));
    }

    [Fact]
    public void LogRing_Full_ForgetsTheOldest()
    {
        var ring = new LogRing();
        for (var i = 0; i < 100; i++)
        {
            ring.Add(new LogLine(DateTimeOffset.UnixEpoch, 6, $"{i} {new string('x', 20_000)}"));
        }

        ring.Lines[^1].Text.Should().StartWith("99 ");
        ring.Lines.Sum(l => l.Text.Length).Should().BeLessThanOrEqualTo(LogRing.MaxCharacters);
        ring.Lines.Should().HaveCountGreaterThan(50);
    }

    private static string Text(JsonNode element)
    {
        if (element["payload"] is { } payload)
        {
            return payload.GetValue<string>();
        }

        using var gzip = new GZipStream(new MemoryStream(Convert.FromBase64String(element["payloadBytes"]!.GetValue<string>())), CompressionMode.Decompress);
        using var reader = new StreamReader(gzip);
        return reader.ReadToEnd();
    }
}
