using EdgeGateway.Content.Sources;
using EdgeGateway.Content.Sources.Parents;
using EdgeGateway.Module.Health;
using EdgeGateway.Module.Settings;

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
            services.AddSingleton<IReadinessCheck, ParentReadiness>();
        }

        return services;
    }
}
