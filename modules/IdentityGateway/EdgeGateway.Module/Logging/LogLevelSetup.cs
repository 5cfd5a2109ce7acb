using EdgeGateway.Module.Settings;
using Microsoft.Extensions.Options;

namespace EdgeGateway.Module.Logging;

/// <summary>Sets what is logged, and again when the settings change: Module:LogLevel, else what the runtime asks for, else Info.</summary>
internal sealed class LogLevelSetup(IOptionsMonitor<ModuleOptions> options, RuntimeEnvironment environment) : IConfigureOptions<LoggerFilterOptions>
{
    public void Configure(LoggerFilterOptions target)
    {
        var level = ToLogLevel(options.CurrentValue.LogLevel ?? environment.LogLevel ?? RuntimeLogLevel.Info);
        target.MinLevel = level;

        // the framework's own words are of use to developers only
        if (level >= LogLevel.Information)
        {
            target.Rules.Add(new LoggerFilterRule(null, "Microsoft", LogLevel.Warning, null));
            target.Rules.Add(new LoggerFilterRule(null, "System", LogLevel.Warning, null));
        }
    }

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
