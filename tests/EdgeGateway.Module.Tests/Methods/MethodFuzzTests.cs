using System.Text.Json;
using System.Text.Json.Nodes;
using EdgeGateway.Module.Methods;
using EdgeGateway.Testing;
using Xunit.Abstractions;

namespace EdgeGateway.Module.Tests.Methods;

/// <summary>Sends odd payloads: each gets an answer, and the handler loop continues.</summary>
public sealed class MethodFuzzTests(ITestOutputHelper output)
{
    private static readonly string[] Methods =
    [
        "ListMcus", "GetMcu", "CancelUpdate", "RetryUpdate", "PauseUpdates", "ResumeUpdates", "ScanPorts", "GetHistory", "GetLogs",
        "PrefetchContent", "GetPrefetch", "CancelPrefetch",
        "reboot", "identify", "", "nothing",
    ];

    private static readonly string[] Names =
        ["id", "ids", "limit", "after", "items", "filter", "tail", "since", "until", "loglevel", "regex", "encoding", "contentType", "schemaVersion", "seconds", "", "$x",
        "files", "sha256", "sizeInBytes", "url", "days", "deviceUpdate", "service", "workflow", "updateManifest", "fileUrls", "operationId"];

    private static readonly string[] Texts =
        ["", "mcu-1", "gateway", ".*", "(", "(a+)+$", "1.0", "gzip", "json", "1d", "99999999999999999999", "\\ud800", "\\u0000", "2026-11-01T12:00:00Z", "[a-", "(?=x)", "x{9999}"];

    [Fact]
    public async Task OnMethodAsync_AnyPayload_IsAnswered()
    {
        var random = new Random(Seed.Take(output));
        await using var bench = await MethodBench.StartAsync();
        for (var round = 0; round < 3000; round++)
        {
            var method = Methods[random.Next(Methods.Length)];
            var text = Value(random, depth: 0);
            JsonNode? payload;
            try
            {
                payload = JsonNode.Parse(text);
            }
            catch (JsonException)
            {
                continue; // the connection answers that itself
            }

            var identity = method is "reboot" or "identify" ? "mcu-1" : "edge/gateway";
            var answer = await bench.CallAsync(method, payload, identity);

            answer.Status.Should().BeOneOf([200, 202, 400, 404, 409], $"{method} was called with {text}: {answer.Payload?.ToJsonString()}");
            MethodAnswer.SizeOf(answer.Payload).Should().BeLessThanOrEqualTo(MethodAnswer.MaxBytes);
        }
    }

    private static string Value(Random random, int depth) => random.Next(depth > 3 ? 6 : 10) switch
    {
        0 => "null",
        1 => random.Next(2) == 0 ? "true" : "false",
        2 => random.Next(-3, 300).ToString(System.Globalization.CultureInfo.InvariantCulture),
        3 => random.Next(2) == 0 ? "1e400" : "-0.5",
        4 => "\"" + new string('x', random.Next(2000)) + "\"",
        5 => $"\"{Texts[random.Next(Texts.Length)]}\"",
        6 => "[" + string.Join(",", Enumerable.Range(0, random.Next(4)).Select(_ => Value(random, depth + 1))) + "]",
        _ => "{" + string.Join(",", Enumerable.Range(0, random.Next(5)).Select(_ => $"\"{Names[random.Next(Names.Length)]}\":{Value(random, depth + 1)}")) + "}",
    };
}
