namespace EdgeGateway.Module.Hosting;

/// <summary>The way to the hub.</summary>
internal static class HubExtensions
{
    public static IServiceCollection AddHub(this IServiceCollection services)
    {
        return services;
    }
}
