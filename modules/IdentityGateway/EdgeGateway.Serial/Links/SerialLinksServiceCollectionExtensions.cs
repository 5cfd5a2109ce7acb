using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace EdgeGateway.Serial.Links;

/// <summary>Registers the links for the host to use.</summary>
public static class SerialLinksServiceCollectionExtensions
{
    /// <summary>Adds <see cref="ISerialLinkFactory"/>, one for the process, unless another is registered already.</summary>
    public static IServiceCollection AddSerialLinks(this IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<ISerialLinkFactory, SerialLinkFactory>();
        return services;
    }
}
