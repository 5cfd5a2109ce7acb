using EdgeGateway.Hub;
using EdgeGateway.Hub.Connections;
using EdgeGateway.Hub.Identity;
using EdgeGateway.Module.Health;
using EdgeGateway.Module.Logging;
using EdgeGateway.Module.Settings;
using EdgeGateway.Module.Web;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace EdgeGateway.Module.Hosting;

/// <summary>
/// What runs in the place of the gateway while that cannot: the endpoint of health, and the module's own connection, both to say what is
/// wrong. No line is touched.
/// </summary>
internal static class WaitingHost
{
    public static IHost Build(StartAttempt attempt, Action<IServiceCollection>? replace = null)
    {
        var settings = attempt.Usable();
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings
        {
            DisableDefaults = true,
            ApplicationName = "EdgeGateway",
        });
        builder.Services
            .AddSingleton(attempt)
            .AddSingleton(attempt.Environment)
            .AddSingleton<IModuleIdentitySource>(attempt.Environment)
            .AddEdgeLogging()
            .AddHub()
            .AddWebEndpoint(settings.Web, settings.Hub.HostName)
            .AddSingleton<IReadinessCheck, WaitingReadiness>()
            .AddSingleton<ILiveness, WaitingLiveness>()
            .AddSingleton<IHostLifetime, SignalLifetime>()
            .AddHostedService<WaitingService>()
            .Configure<HostOptions>(o => o.ShutdownTimeout = settings.Module.StopTimeout)
            .Replace(ServiceDescriptor.Singleton<IOptionsMonitor<ModuleOptions>>(new FixedOptions<ModuleOptions>(settings.Module)))
            .Replace(ServiceDescriptor.Singleton<IOptionsMonitor<HubOptions>>(new FixedOptions<HubOptions>(settings.Hub)));
        replace?.Invoke(builder.Services);
        return builder.Build();
    }
}
