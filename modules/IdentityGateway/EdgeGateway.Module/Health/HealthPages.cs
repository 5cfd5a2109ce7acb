using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using EdgeGateway.Module.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace EdgeGateway.Module.Health;

/// <summary><c>/healthz</c>: 200 while the process is alive, 503 where only a restart would help.</summary>
internal sealed class LivePage(HealthCheckService checks) : IWebPage
{
    public string Path => "/healthz";

    public void Map(IEndpointRouteBuilder endpoints) => endpoints.Map(Path, async context =>
    {
        var report = await checks.CheckHealthAsync(c => c.Tags.Contains(HealthTags.Live), context.RequestAborted);
        await HealthJson.WriteAsync(context, report.Status != HealthStatus.Unhealthy, "alive", "not alive", CheckResult.From(report));
    });
}

/// <summary><c>/readyz</c>: 200 where the gateway can do its work, else 503 and the reasons.</summary>
internal sealed class ReadyPage(Readiness readiness) : IWebPage
{
    public string Path => "/readyz";

    public void Map(IEndpointRouteBuilder endpoints) => endpoints.Map(Path, async context =>
    {
        var results = await readiness.CheckAsync(context.RequestAborted);
        await HealthJson.WriteAsync(context, results.All(r => r.Status == CheckStatus.Ok), "ready", "not ready", results);
    });
}

/// <summary>Writes results of checks: each with its name, status and message.</summary>
internal static class HealthJson
{
    private static readonly JsonSerializerOptions Format = new()
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static Task WriteAsync(HttpContext context, bool isGood, string good, string bad, IEnumerable<CheckResult> results)
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
        context.Response.StatusCode = isGood ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable;
        context.Response.ContentType = "application/json; charset=utf-8";
        return context.Response.WriteAsync(body.ToJsonString(Format) + "\n", context.RequestAborted);
    }
}
