using EdgeGateway.Module.Settings;
using Microsoft.Extensions.Options;

namespace EdgeGateway.Module.Prefetch;

/// <summary>Fetching content ahead.</summary>
internal static class PrefetchExtensions
{
    public static IServiceCollection AddPrefetch(this IServiceCollection services)
    {
        services.AddSingleton(s => new PrefetchFile(
            Path.Combine(s.GetRequiredService<IOptions<ModuleOptions>>().Value.DataFolder, PrefetchFile.FileName),
            s.GetRequiredService<ILogger<PrefetchFile>>()));
        services.AddSingleton<Prefetcher>();
        services.AddSingleton<PrefetchTwin>();
        services.AddHostedService(s => s.GetRequiredService<Prefetcher>());
        return services;
    }
}
