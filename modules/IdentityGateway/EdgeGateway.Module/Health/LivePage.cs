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
