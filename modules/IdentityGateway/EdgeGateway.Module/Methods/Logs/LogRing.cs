using EdgeGateway.Module.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace EdgeGateway.Module.Methods.Logs;

/// <summary>Keeps the last lines of the log in memory.</summary>
/// <remarks>Thread-safe.</remarks>
internal sealed class LogRing
{
    /// <summary>Most lines.</summary>
    public const int MaxLines = 5000;

    /// <summary>Most characters; two bytes each.</summary>
    public const int MaxCharacters = 1024 * 1024;

    private const int MaxLine = 16 * 1024;

    private readonly Lock _lock = new();
    private readonly Queue<LogLine> _lines = new();
    private int _characters;

    /// <summary>Keeps a line; the oldest give way.</summary>
    public void Add(LogLine line)
    {
        var kept = line.Text.Length <= MaxLine ? line : line with { Text = string.Concat(line.Text.AsSpan(0, MaxLine), "...") };
        lock (_lock)
        {
            _lines.Enqueue(kept);
            _characters += kept.Text.Length;
            while (_lines.Count > MaxLines || _characters > MaxCharacters)
            {
                _characters -= _lines.Dequeue().Text.Length;
            }
        }
    }

    /// <summary>Gets the lines, oldest first.</summary>
    public IReadOnlyList<LogLine> Lines
    {
        get
        {
            lock (_lock)
            {
                return [.. _lines];
            }
        }
    }
}

/// <summary>A line of the log as it was written, with line breaks where it shows an exception.</summary>
/// <param name="At">When.</param>
/// <param name="Severity">0 fatal, 3 error, 4 warning, 6 information, 7 debug (RFC 5424).</param>
/// <param name="Text">The line, without the break at its end.</param>
internal sealed record LogLine(DateTimeOffset At, int Severity, string Text);

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
