using EdgeGateway.Module.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace EdgeGateway.Module.Methods.Logs;

/// <summary>Lets every line that is logged into the ring as well, in the very form in which it is written.</summary>
internal sealed class LogRingProvider(LogRing ring, TimeProvider time, IOptionsMonitor<LoggerFilterOptions> filter) : ILoggerProvider
{
    private readonly EdgeConsoleFormatter _formatter = new(time, filter);

    public ILogger CreateLogger(string categoryName) => new RingLogger(this, categoryName);

    public void Dispose()
    {
    }

    private void Write<TState>(in LogEntry<TState> entry)
    {
        using var text = new StringWriter();
        _formatter.Write(entry, null, text);
        var line = text.ToString().TrimEnd('\n', '\r');
        if (line.Length > 1)
        {
            ring.Add(new LogLine(time.GetUtcNow(), line[1] - '0', line));
        }
    }

    private sealed class RingLogger(LogRingProvider provider, string category) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel != LogLevel.None;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            provider.Write(new LogEntry<TState>(logLevel, category, eventId, state, exception, formatter));
    }
}
