using EdgeGateway.Module.Ports;
using EdgeGateway.Serial.Links;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace EdgeGateway.Module.Hosting;

/// <summary>Lines and the ways to the microcontrollers on them.</summary>
internal static class SerialExtensions
{
    public static IServiceCollection AddSerialLines(this IServiceCollection services)
    {
        services.AddSerialLinks();
        services.TryAddSingleton<IMcuPortFactory, EgpPortFactory>();
        return services;
    }
}
