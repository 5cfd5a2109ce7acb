using EdgeGateway.Content;
using EdgeGateway.Content.Sources.Parents;
using EdgeGateway.Firmware.DeviceUpdate.Verification;
using EdgeGateway.Firmware.Workflow;
using EdgeGateway.Firmware.Workflow.Journal;
using EdgeGateway.Hub.Connections;
using EdgeGateway.Module.Dynamic;
using EdgeGateway.Module.Fleet;
using EdgeGateway.Module.Health;
using EdgeGateway.Module.Metrics;
using EdgeGateway.Module.Ports;
using EdgeGateway.Module.Settings;
using EdgeGateway.Serial.Links;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace EdgeGateway.Module.Hosting;

/// <summary>Adds the services of the gateway, one method for each area.</summary>
internal static class GatewayServices
{
    /// <summary>Adds the fleet, the twin of the module, start and stop, and their health checks.</summary>
    public static IServiceCollection AddGateway(this IServiceCollection services, TimeSpan stopTimeout)
    {
        services.Configure<HostOptions>(o => o.ShutdownTimeout = stopTimeout);
        services.AddSingleton<IHostLifetime, SignalLifetime>();
        services.AddSingleton<UpdateMetrics>();
        services.AddSingleton<IMetricSource, FleetMetrics>();
        services.AddSingleton<FleetPulse>();
        services.AddSingleton<HubReadiness>();
        services.AddHealthChecks()
            .AddCheck<GatewayLiveness>(GatewayLiveness.Name, tags: [HealthTags.Live])
            .AddCheck<SettingsReadiness>(SettingsReadiness.Name, tags: [HealthTags.Ready])
            .AddCheck<DataFolderReadiness>(DataFolderReadiness.Name, tags: [HealthTags.Ready])
            .AddCheck<HubReadiness>(HubReadiness.Name, tags: [HealthTags.Ready])
            .AddCheck<LinesReadiness>(LinesReadiness.Name, tags: [HealthTags.Ready]);
        services.AddSingleton<McuUnitServices>();
        services.AddSingleton<McuFleet>();
        services.AddSingleton(s => new DynamicSettingsFile(
            Path.Combine(s.GetRequiredService<IOptions<ModuleOptions>>().Value.DataFolder, DynamicSettingsFile.FileName),
            s.GetRequiredService<ILogger<DynamicSettingsFile>>()));
        services.AddSingleton<DynamicSettings>();
        services.AddSingleton<ModuleUnit>();
        services.AddSingleton<StartupLog>();
        services.AddSingleton<OutboxCleanup>();
        services.AddHostedService<GatewayService>();
        return services;
    }

    /// <summary>Binds options that were validated already (<see cref="SettingsReader"/>); they follow the module twin.</summary>
    public static IServiceCollection AddGatewayOptions(this IServiceCollection services, IConfiguration configuration)
    {
        services.Configure<ContentOptions>(configuration.GetSection(nameof(GatewaySettings.Content)));
        services.Configure<ParentOptions>(configuration.GetSection(nameof(GatewaySettings.Parent)));
        services.Configure<FirmwareOptions>(configuration.GetSection(nameof(GatewaySettings.Firmware)));
        services.Configure<ModuleOptions>(configuration.GetSection(nameof(GatewaySettings.Module)));
        services.AddSingleton<FolderSetup>();
        services.AddSingleton<IPostConfigureOptions<ContentOptions>>(s => s.GetRequiredService<FolderSetup>());
        services.AddSingleton<IPostConfigureOptions<FirmwareOptions>>(s => s.GetRequiredService<FolderSetup>());
        services.AddSingleton<IPostConfigureOptions<HubOptions>>(s => s.GetRequiredService<FolderSetup>());
        return services;
    }

    /// <summary>Adds the lines and the drivers of the microcontrollers on them.</summary>
    public static IServiceCollection AddSerialLines(this IServiceCollection services)
    {
        services.AddSerialLinks();
        services.TryAddSingleton<IMcuPortFactory, EgpPortFactory>();
        return services;
    }

    /// <summary>Adds content and workflows.</summary>
    public static IServiceCollection AddUpdates(this IServiceCollection services)
    {
        services.AddContent();
        services.TryAddSingleton<IUpdateVerifier, NoSignatureVerifier>();
        services.TryAddSingleton<JournalMetrics>();
        services.TryAddSingleton<IMcuWorkflowFactory, McuWorkflowFactory>();
        return services;
    }
}
