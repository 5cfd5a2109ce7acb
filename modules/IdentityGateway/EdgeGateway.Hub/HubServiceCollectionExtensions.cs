using EdgeGateway.Hub.Connections;
using EdgeGateway.Hub.Connections.Transport;
using EdgeGateway.Hub.Identity;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace EdgeGateway.Hub;

/// <summary>Registers everything of this project.</summary>
public static class HubServiceCollectionExtensions
{
    /// <summary>
    /// Adds <see cref="IDeviceConnectionFactory"/> and <see cref="IModuleIdentitySource"/>, with options from the sections <c>Hub</c> and
    /// <c>Credentials</c> checked at the start. What is registered before (a transport, a clock, a seeded <see cref="Random"/>) stays.
    /// </summary>
    public static IServiceCollection AddHub(this IServiceCollection services)
    {
        services.AddOptions<HubOptions>().BindConfiguration("Hub").ValidateDataAnnotations().ValidateOnStart();
        services.AddOptions<IdentityOptions>().BindConfiguration("Credentials");
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IPostConfigureOptions<HubOptions>, HubOptionsDefaults>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<HubOptions>, HubOptionsValidator>());
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton(Random.Shared);
        services.TryAddSingleton(provider => new HubMetrics(provider.GetRequiredService<TimeProvider>()));
        services.TryAddSingleton<IModuleIdentitySource, ModuleIdentitySource>();
        services.TryAddSingleton<ITrustSource, ConfiguredTrustSource>();
        services.TryAddSingleton<TlsTransport>();
        services.TryAddSingleton<WebSocketTransport>();
        services.TryAddSingleton<IHubTransport, ChosenTransport>();
        services.TryAddSingleton<ITokenProvider>(provider => new ModuleAwareTokenProvider(
            provider.GetRequiredService<IModuleIdentitySource>(),
            new KeyTokenProvider(KeySources(provider.GetRequiredService<IOptions<IdentityOptions>>().Value))));
        services.TryAddSingleton<IDeviceConnectionFactory, DeviceConnectionFactory>();
        return services;
    }

    private static List<IKeySource> KeySources(IdentityOptions options)
    {
        var sources = new List<IKeySource>();
        if (!string.IsNullOrEmpty(options.KeysFile))
        {
            sources.Add(new KeysFile(options.KeysFile));
        }

        if (!string.IsNullOrEmpty(options.GroupKeyFile))
        {
            sources.Add(new GroupKeyFile(options.GroupKeyFile));
        }

        return sources;
    }
}
