using EdgeGateway.Module.Web;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace EdgeGateway.Module.Serving;

/// <summary>Checks <c>endpoint</c>: it listens at all its addresses, with a certificate that is valid now.</summary>
internal sealed class EndpointReadiness(ContentServer server, TimeProvider time) : IHealthCheck
{
    public const string Name = "endpoint";

    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var listeners = ((PatientServer?[])[server.Https, server.Http]).OfType<PatientServer>().ToList();
        var problems = listeners.Select(l => l.Problem).OfType<string>().ToList();
        var certificate = server.Certificates.Current;
        if (server.Https is not null && certificate?.IsValidAt(time.GetUtcNow()) != true)
        {
            problems.Add(server.Certificates.Problem
                ?? (certificate is null ? "" : $"the certificate is valid from {certificate.Begins:u} to {certificate.Ends:u}"));
        }

        var words = string.Join(", ", listeners.Where(l => l.Address.IsCompletedSuccessfully).Select(l => l.Address.Result.ToString().TrimEnd('/')));
        return Task.FromResult(
            problems.Exists(p => p.Length > 0) ? HealthCheckResult.Unhealthy(string.Join("; ", problems.Where(p => p.Length > 0)))
            : problems.Count > 0 || listeners.Exists(l => !l.Address.IsCompleted) ? HealthCheckResult.Degraded("not listening yet")
            : HealthCheckResult.Healthy(server.Https is null ? words : $"{words}, certificate valid until {certificate!.Ends:u}"));
    }
}
