using EdgeGateway.Module.Settings;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging.Console;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Primitives;

namespace EdgeGateway.Module.Logging;

/// <summary>Sets what is logged, and again when the settings change: Module:LogLevel, else what the runtime asks for, else Info.</summary>
internal sealed class LogLevelSetup : IConfigureOptions<LoggerFilterOptions>, IOptionsChangeTokenSource<LoggerFilterOptions>, IDisposable
{
    private readonly IOptionsMonitor<ModuleOptions> _options;
    private readonly RuntimeEnvironment _environment;
    private readonly IDisposable? _watch;
    private ConfigurationReloadToken _changed = new();

    public LogLevelSetup(IOptionsMonitor<ModuleOptions> options, RuntimeEnvironment environment)
    {
        _options = options;
        _environment = environment;

        // not the token of the configuration: the options must have changed before they are read again
        _watch = options.OnChange(_ => Interlocked.Exchange(ref _changed, new ConfigurationReloadToken()).OnReload());
    }

    public string Name => Options.DefaultName;

    public IChangeToken GetChangeToken() => _changed;

    public void Configure(LoggerFilterOptions target)
    {
        var level = ToLogLevel(_options.CurrentValue.LogLevel ?? _environment.LogLevel ?? RuntimeLogLevel.Info);
        target.MinLevel = level;

        // the readiness log says the same, once for each change
        target.Rules.Add(new LoggerFilterRule(null, "Microsoft.Extensions.Diagnostics.HealthChecks", LogLevel.None, null));

        // messages of the framework are of use to developers only
        if (level >= LogLevel.Information)
        {
            target.Rules.Add(new LoggerFilterRule(null, "Microsoft", LogLevel.Warning, null));
            target.Rules.Add(new LoggerFilterRule(null, "System", LogLevel.Warning, null));
        }
    }

    public void Dispose() => _watch?.Dispose();

    internal static LogLevel ToLogLevel(RuntimeLogLevel level) => level switch
    {
        RuntimeLogLevel.Fatal => LogLevel.Critical,
        RuntimeLogLevel.Error => LogLevel.Error,
        RuntimeLogLevel.Warning => LogLevel.Warning,
        RuntimeLogLevel.Info => LogLevel.Information,
        RuntimeLogLevel.Debug => LogLevel.Debug,
        _ => LogLevel.Trace,
    };
}

/// <summary>Adds logging: the line format of the IoT Edge runtime on standard output, the level from the settings.</summary>
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
