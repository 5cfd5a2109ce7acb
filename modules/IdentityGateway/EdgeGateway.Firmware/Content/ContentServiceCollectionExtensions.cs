using EdgeGateway.Firmware.Content.Sources;
using EdgeGateway.Firmware.Content.Sources.Paths;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace EdgeGateway.Firmware.Content;

/// <summary>Registers the content store; the host binds <see cref="ContentOptions"/>.</summary>
public static class ContentServiceCollectionExtensions
{
    public static IServiceCollection AddContent(this IServiceCollection services)
    {
        services.AddMetrics();
        services.AddOptions<ContentOptions>().ValidateDataAnnotations().ValidateOnStart();
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<ContentMetrics>();
        services.TryAddSingleton<GatewayInstance>();
        services.TryAddSingleton<IContentSource, HttpContentSource>();
        services.TryAddSingleton<ContentStore>();
        services.TryAddSingleton<IContentStore>(s => s.GetRequiredService<ContentStore>());
        services.TryAddSingleton<IContentFeed>(s => s.GetRequiredService<ContentStore>());
        services.TryAddSingleton<IContentHolds>(s => s.GetRequiredService<ContentStore>());
        return services;
    }
}
