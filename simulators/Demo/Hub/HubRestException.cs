using System.Net;

namespace EdgeGateway.Simulators.Demo.Hub;

/// <summary>The hub refused a call of its service API.</summary>
public sealed class HubRestException(HttpMethod method, string path, HttpStatusCode status, string body)
    : Exception($"the hub answered {method} {path} with {(int)status} {status}: {(body.Length == 0 ? "(no text)" : body)}")
{
    public HttpStatusCode Status { get; } = status;
}
