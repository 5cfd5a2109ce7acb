using EdgeGateway.Module.Dynamic;
using EdgeGateway.Module.Fleet;
using EdgeGateway.Module.Health;
using EdgeGateway.Module.Metrics;
using EdgeGateway.Module.Settings;
using Microsoft.Extensions.Options;

namespace EdgeGateway.Module.Hosting;

/// <summary>The gateway itself: the fleet, the module's own twin, start and stop.</summary>
internal static class GatewayExtensions
{
    public static IServiceCollection AddGateway(this IServiceCollection services, TimeSpan stopTimeout)
    {
        services.Configure<HostOptions>(o => o.ShutdownTimeout = stopTimeout);
        services.AddSingleton<IHostLifetime, SignalLifetime>();
        services.AddSingleton<UpdateMetrics>();
        services.AddSingleton<IMetricSource, FleetMetrics>();
        services.AddSingleton<Heartbeat>();
        services.AddSingleton<ILiveness, GatewayLiveness>();
        services.AddSingleton<IReadinessCheck, SettingsReadiness>();
        services.AddSingleton<IReadinessCheck>(s => new DataFolderReadiness(s.GetRequiredService<IOptions<ModuleOptions>>().Value.DataFolder));
        services.AddSingleton<IReadinessCheck, HubReadiness>();
        services.AddSingleton<IReadinessCheck, LinesReadiness>();
        services.AddSingleton<McuUnitServices>();
        services.AddSingleton<McuFleet>();
        services.AddSingleton(s => new DynamicSettingsFile(
            Path.Combine(s.GetRequiredService<IOptions<ModuleOptions>>().Value.DataFolder, DynamicSettingsFile.FileName),
            s.GetRequiredService<ILogger<DynamicSettingsFile>>()));
        services.AddSingleton<DynamicSettings>();
        services.AddSingleton<ModuleUnit>();
        services.AddSingleton<StartNotes>();
        services.AddSingleton<OutboxTidying>();
        services.AddHostedService<GatewayService>();
        return services;
    }
}
