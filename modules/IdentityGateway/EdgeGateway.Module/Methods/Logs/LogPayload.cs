using System.IO.Compression;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using EdgeGateway.Hub.Connections;

namespace EdgeGateway.Module.Methods.Logs;

/// <summary>Puts lines of the log into the form of an answer, no longer than it may be.</summary>
internal static class LogPayload
{
    private static readonly JsonSerializerOptions Json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Returns one element of the answer, with as many of the newest lines as fit.</summary>
    public static JsonObject Compose(IReadOnlyList<LogLine> lines, LogRequest request, DeviceIdentity identity, string hub, int maxBytes)
    {
        var count = lines.Count;
        while (true)
        {
            var body = request.IsJson
                ? AsJson(lines.Skip(lines.Count - count), identity, hub)
                : string.Concat(lines.Skip(lines.Count - count).Select(l => l.Text + "\n"));
            var answer = new JsonObject { ["id"] = identity.ModuleId };
            if (request.IsGzip)
            {
                answer["payloadBytes"] = Convert.ToBase64String(Compress(body));
            }
            else
            {
                answer["payload"] = body;
            }

            var size = MethodAnswer.SizeOf(answer);
            if (size <= maxBytes || count == 0)
            {
                return answer;
            }

            count = Math.Min(count - 1, (int)(count * 0.95 * maxBytes / size));
        }
    }

    private static string AsJson(IEnumerable<LogLine> lines, DeviceIdentity identity, string hub) => new JsonArray(
        [.. lines.Select(l => new JsonObject
        {
            ["iothub"] = hub,
            ["device"] = identity.DeviceId,
            ["id"] = identity.ModuleId,
            ["stream"] = "stdout",
            ["loglevel"] = l.Severity,
            ["text"] = l.Text,
            ["timestamp"] = l.At.UtcDateTime.ToString("O"),
        })]).ToJsonString(Json);

    private static byte[] Compress(string text)
    {
        using var compressed = new MemoryStream();
        using (var gzip = new GZipStream(compressed, CompressionLevel.Fastest))
        {
            gzip.Write(Encoding.UTF8.GetBytes(text));
        }

        return compressed.ToArray();
    }
}
