using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using EdgeGateway.Module.Web;

namespace EdgeGateway.Module.Health;

/// <summary><c>/healthz</c>: is the process alive, or would only a restart help.</summary>
internal sealed class LivePage(ILiveness liveness) : IWebPage
{
    public string Path => "/healthz";

    public WebAnswer Answer()
    {
        var result = liveness.Check();
        return HealthJson.Answer(result.Status != CheckStatus.Failed, "alive", "not alive", [result]);
    }
}

/// <summary><c>/readyz</c>: can the gateway do its work, and if not, why.</summary>
internal sealed class ReadyPage(Readiness readiness) : IWebPage
{
    public string Path => "/readyz";

    public WebAnswer Answer()
    {
        var results = readiness.Look();
        return HealthJson.Answer(Readiness.IsReady(results), "ready", "not ready", results);
    }
}

/// <summary>Results of checks as an answer: 200 where all are right, else 503, each with its name, status and words.</summary>
internal static class HealthJson
{
    private static readonly JsonSerializerOptions Format = new()
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static WebAnswer Answer(bool isGood, string good, string bad, IEnumerable<CheckResult> results)
    {
        var body = new JsonObject
        {
            ["status"] = isGood ? good : bad,
            ["version"] = ProductVersion.Text,
            ["checks"] = new JsonArray([.. results.Select(r => (JsonNode)new JsonObject
            {
                ["name"] = r.Name,
                ["status"] = r.Status.ToString().ToLowerInvariant(),
                ["message"] = r.Message,
            })]),
        };
        return new WebAnswer(isGood ? 200 : 503, "application/json; charset=utf-8", body.ToJsonString(Format) + "\n");
    }
}
