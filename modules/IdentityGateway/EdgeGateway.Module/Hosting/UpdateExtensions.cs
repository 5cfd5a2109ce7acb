using EdgeGateway.Firmware.Content;

namespace EdgeGateway.Module.Hosting;

/// <summary>Content and workflows.</summary>
internal static class UpdateExtensions
{
    public static IServiceCollection AddUpdates(this IServiceCollection services)
    {
        services.AddContent();
        return services;
    }
}
