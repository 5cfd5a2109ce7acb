using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging.Console;
using Microsoft.Extensions.Options;

namespace EdgeGateway.Module.Logging;

/// <summary>Logging of the module: the runtime's line format on standard output, the level from the settings.</summary>
internal static class LoggingExtensions
{
    public static IServiceCollection AddEdgeLogging(this IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddLogging(logging =>
        {
            logging.ClearProviders();
            logging.AddConsole(o => o.FormatterName = EdgeConsoleFormatter.FormatterName);
            logging.AddConsoleFormatter<EdgeConsoleFormatter, ConsoleFormatterOptions>();
        });
        services.AddSingleton<LogLevelSetup>();
        services.AddSingleton<IConfigureOptions<LoggerFilterOptions>>(s => s.GetRequiredService<LogLevelSetup>());
        services.AddSingleton<IOptionsChangeTokenSource<LoggerFilterOptions>>(s => s.GetRequiredService<LogLevelSetup>());
        return services;
    }
}
