using EdgeGateway.Content.Sources;
using EdgeGateway.Content.Sources.Parents;
using EdgeGateway.Content.Sources.Paths;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace EdgeGateway.Content;

/// <summary>
/// Registers the content store and its sources. The host binds <see cref="ContentOptions"/> and <see cref="ParentOptions"/>, and adds an
/// <see cref="IParentAccess"/> where there are parents.
/// </summary>
public static class ContentServiceCollectionExtensions
{
    public static IServiceCollection AddContent(this IServiceCollection services)
    {
        services.AddMetrics();
        services.AddOptions<ContentOptions>().ValidateDataAnnotations().ValidateOnStart();
        services.AddOptions<ParentOptions>().ValidateDataAnnotations().ValidateOnStart();
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<ContentMetrics>();
        services.TryAddSingleton<GatewayInstance>();
        services.TryAddSingleton<HttpContentSource>();
        services.TryAddSingleton(Order);
        services.TryAddSingleton<IContentSource>(s => s.GetRequiredService<OrderedContentSource>());
        services.TryAddSingleton<ContentStore>();
        services.TryAddSingleton<IContentStore>(s => s.GetRequiredService<ContentStore>());
        services.TryAddSingleton<IContentCache>(s => s.GetRequiredService<ContentStore>());
        services.TryAddSingleton<IContentRetention>(s => s.GetRequiredService<ContentStore>());
        services.AddHostedService<ContentScrubber>();
        return services;
    }

    private static OrderedContentSource Order(IServiceProvider services)
    {
        var time = services.GetRequiredService<TimeProvider>();
        var parents = services.GetService<IParentAccess>() is not { } access ? [] : Enumerable.Range(0, access.Addresses.Count).Select(i =>
            new ParentContentSource(
                i, access, services.GetRequiredService<GatewayInstance>(), services.GetRequiredService<IOptionsMonitor<ParentOptions>>(), time));
        return new OrderedContentSource(
            parents,
            services.GetRequiredService<HttpContentSource>(),
            services.GetRequiredService<IOptionsMonitor<ContentOptions>>(),
            time,
            services.GetRequiredService<ContentMetrics>(),
            services.GetRequiredService<ILogger<OrderedContentSource>>());
    }
}
