using EdgeGateway.Content.Sources;
using EdgeGateway.Content.Sources.Parents;
using EdgeGateway.Module.Health;
using EdgeGateway.Module.Settings;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace EdgeGateway.Module.Parents;

/// <summary>Gateways above this one.</summary>
internal static class ParentsExtensions
{
    /// <summary>Adds the way to the parents, where there are any.</summary>
    public static IServiceCollection AddParents(this IServiceCollection services, ParentOptions options, RuntimeEnvironment environment)
    {
        var addresses = ParentAddresses.Of(options, environment.ParentHostName);
        if (addresses.Count > 0)
        {
            services.AddSingleton<IParentAccess>(s => ActivatorUtilities.CreateInstance<ParentAccess>(s, addresses));
            services.AddHealthChecks().AddCheck<ParentReadiness>(ParentReadiness.Name, tags: [HealthTags.Ready]);
        }

        return services;
    }
}

/// <summary>Check <c>parent</c>: no parent refuses this gateway. One that is away is no mistake: links come back.</summary>
internal sealed class ParentReadiness(OrderedContentSource sources, IParentAccess access) : IHealthCheck
{
    public const string Name = "parent";

    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) => Task.FromResult(
        sources.Refusals is { Count: > 0 } refusals
        ? HealthCheckResult.Unhealthy(string.Join("; ", refusals.Select(r => $"{r.Why}: {r.Text}")))
        : HealthCheckResult.Healthy($"{string.Join(", ", access.Addresses.Select(a => a.Authority))} asked before the origin; none refuses"));
}
