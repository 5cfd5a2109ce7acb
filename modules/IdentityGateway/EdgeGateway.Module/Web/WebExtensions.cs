using EdgeGateway.Module.Health;
using EdgeGateway.Module.Metrics;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace EdgeGateway.Module.Web;

/// <summary>Adds the endpoint of metrics and health.</summary>
internal static class WebExtensions
{
    /// <summary>Adds the endpoint, before the services that it reports about, as it stops after them. Checks are added beside.</summary>
    /// <param name="services">Where to add.</param>
    /// <param name="options">Where to listen, or not at all.</param>
    /// <param name="hubHostName">The hub of the settings; null where it comes from the identity of the module.</param>
    public static IServiceCollection AddWebEndpoint(this IServiceCollection services, WebOptions options, string? hubHostName)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddMetrics();
        services.AddHealthChecks();
        services.AddSingleton<Readiness>();
        if (options.Enabled)
        {
            services.AddSingleton(options);
            services.AddMetricsExport(hubHostName);
            services.AddSingleton<IWebPage, LivePage>();
            services.AddSingleton<IWebPage, ReadyPage>();
            services.AddSingleton<WebServer>();
            services.AddHostedService(s => s.GetRequiredService<WebServer>());
        }

        return services;
    }
}
