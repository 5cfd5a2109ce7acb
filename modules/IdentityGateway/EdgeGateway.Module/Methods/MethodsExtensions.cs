using EdgeGateway.Module.Methods.Logs;
using EdgeGateway.Module.Methods.Pausing;
using EdgeGateway.Module.Methods.Ports;
using EdgeGateway.Module.Settings;
using Microsoft.Extensions.Options;

namespace EdgeGateway.Module.Methods;

/// <summary>Adds the direct methods and what they need.</summary>
internal static class MethodsExtensions
{
    public static IServiceCollection AddDirectMethods(this IServiceCollection services)
    {
        services.AddSingleton<LogRing>();
        services.AddSingleton<ILoggerProvider, LogRingProvider>();
        services.AddSingleton(new PortScanner("/"));
        services.AddSingleton(s => new PauseFile(
            Path.Combine(s.GetRequiredService<IOptions<ModuleOptions>>().Value.DataFolder, PauseFile.FileName),
            s.GetRequiredService<ILogger<PauseFile>>()));
        services.AddSingleton<UpdatePause>();
        services.AddSingleton<ModuleMethods>();
        return services;
    }
}
