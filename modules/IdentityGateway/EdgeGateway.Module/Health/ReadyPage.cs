using EdgeGateway.Module.Web;

namespace EdgeGateway.Module.Health;

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
