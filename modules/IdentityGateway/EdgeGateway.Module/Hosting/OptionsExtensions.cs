using EdgeGateway.Content;
using EdgeGateway.Content.Sources.Parents;
using EdgeGateway.Firmware.Workflow;
using EdgeGateway.Hub.Connections;
using EdgeGateway.Module.Settings;
using Microsoft.Extensions.Options;

namespace EdgeGateway.Module.Hosting;

/// <summary>Options of all features, bound to their sections.</summary>
internal static class OptionsExtensions
{
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
}
