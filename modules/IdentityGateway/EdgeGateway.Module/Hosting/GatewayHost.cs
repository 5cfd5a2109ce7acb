using EdgeGateway.Hub;
using EdgeGateway.Hub.Identity;
using EdgeGateway.Module.Logging;
using EdgeGateway.Module.Methods;
using EdgeGateway.Module.Parents;
using EdgeGateway.Module.Serving;
using EdgeGateway.Module.Prefetch;
using EdgeGateway.Module.Settings;
using EdgeGateway.Module.Tracing;
using EdgeGateway.Module.Web;

namespace EdgeGateway.Module.Hosting;

/// <summary>Puts the gateway together.</summary>
internal static class GatewayHost
{
    /// <summary>Builds the host; nothing is opened or connected before it runs.</summary>
    /// <param name="layers">Layers of the settings.</param>
    /// <param name="settings">What was read from them, valid.</param>
    /// <param name="replace">Puts other services in the place of some; for tests.</param>
    public static IHost Build(SettingsLayers layers, GatewaySettings settings, Action<IServiceCollection>? replace = null)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings
        {
            DisableDefaults = true,
            ApplicationName = "EdgeGateway",
        });
        builder.Configuration.AddConfiguration(layers.Others).Add(layers.Twin);
        builder.Services
            .AddSingleton(layers)
            .AddSingleton(layers.Environment)
            .AddSingleton<IModuleIdentitySource>(layers.Environment)
            .AddSingleton(settings)
            .AddGatewayOptions(builder.Configuration)
            .AddEdgeLogging()
            .AddSerialLines()
            .AddUpdates()
            .AddUpdateTracing(builder.Configuration, Environment.GetEnvironmentVariables())
            .AddParents(settings.Parent, layers.Environment)
            .AddPrefetch()
            .AddDirectMethods()
            .AddHub()
            .AddWebEndpoint(settings.Web, settings.Hub.HostName)
            .AddContentEndpoint(settings.Endpoint, settings.Hub)
            .AddGateway(settings.Module.StopTimeout);
        replace?.Invoke(builder.Services);
        return builder.Build();
    }
}
