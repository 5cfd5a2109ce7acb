using System.Globalization;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Console;
using Microsoft.Extensions.Options;

namespace EdgeGateway.Module.Logging;

/// <summary>
/// Writes log lines as the IoT Edge runtime does, so that <c>iotedge logs</c> and the filters of GetModuleLogs understand them:
/// <c>&lt;6&gt; 2026-11-01 12:00:00.000 +00:00 [INF] - message</c>. Where debug is logged, every line tells its source:
/// <c>[INF] [Type] - message</c>.
/// </summary>
internal sealed class EdgeConsoleFormatter(TimeProvider time, IOptionsMonitor<LoggerFilterOptions> filter)
    : ConsoleFormatter(FormatterName)
{
    public const string FormatterName = "edge";

    public override void Write<TState>(in LogEntry<TState> logEntry, IExternalScopeProvider? scopeProvider, TextWriter textWriter)
    {
        var (severity, name) = Level(logEntry.LogLevel);
        textWriter.Write('<');
        textWriter.Write(severity);
        textWriter.Write("> ");
        textWriter.Write(time.GetUtcNow().ToString("yyyy-MM-dd HH:mm:ss.fff zzz", CultureInfo.InvariantCulture));
        textWriter.Write(" [");
        textWriter.Write(name);
        textWriter.Write(filter.CurrentValue.MinLevel <= LogLevel.Debug ? $"] [{ShortName(logEntry.Category)}] - " : "] - ");
        textWriter.WriteLine(OneLine(logEntry.Formatter(logEntry.State, logEntry.Exception)));
        if (logEntry.Exception is not null)
        {
            textWriter.WriteLine(logEntry.Exception);
        }
    }

    /// <summary>
    /// What a line ends with must not come from outside: line breaks and control characters of a message are shown, not written.
    /// </summary>
    private static string OneLine(string message) =>
        message.AsSpan().IndexOfAnyInRange('\0', '\x1F') < 0
            ? message
            : string.Concat(message.Select(c => c switch
            {
                '\n' => "\\n",
                '\r' => "\\r",
                '\t' => "\t",
                < ' ' => string.Create(CultureInfo.InvariantCulture, $"\\x{(int)c:x2}"),
                _ => c.ToString(),
            }));

    private static string ShortName(string category) => category[(category.LastIndexOf('.') + 1)..];

    private static (char Severity, string Name) Level(LogLevel level) => level switch
    {
        LogLevel.Critical => ('0', "FTL"),
        LogLevel.Error => ('3', "ERR"),
        LogLevel.Warning => ('4', "WRN"),
        LogLevel.Information => ('6', "INF"),
        LogLevel.Debug => ('7', "DBG"),
        _ => ('7', "VRB"),
    };
}
