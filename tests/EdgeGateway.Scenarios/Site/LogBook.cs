using System.Diagnostics;
using Microsoft.Extensions.Logging;

namespace EdgeGateway.Scenarios.Site;

/// <summary>Keeps the gateway's log, so that a test can wait for a line and look for what should not be there.</summary>
internal sealed class LogBook : ILoggerProvider
{
    private readonly Lock _lock = new();
    private readonly List<LogEntry> _entries = [];
    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private readonly ChangeSignal _changed = new();

    /// <summary>All lines so far.</summary>
    public IReadOnlyList<LogEntry> Entries
    {
        get
        {
            lock (_lock)
            {
                return [.. _entries];
            }
        }
    }

    /// <summary>Lines that no scenario should produce: a crash, or an unexpected error.</summary>
    public IReadOnlyList<LogEntry> Unexpected =>
        [.. Entries.Where(entry => entry.Level == LogLevel.Critical || (entry.Level == LogLevel.Error && entry.Problem is not null))];

    /// <summary>Waits for a line with this event id and these words.</summary>
    public Task<LogEntry> WaitAsync(int eventId, string words = "") => _changed.WaitAsync(
        () => Entries.FirstOrDefault(entry => entry.EventId == eventId && entry.Message.Contains(words, StringComparison.Ordinal)),
        () => $"no log line {eventId} with '{words}' came");

    public ILogger CreateLogger(string categoryName) => new Writer(this, categoryName);

    public void Dispose()
    {
    }

    private void Add(LogEntry entry)
    {
        lock (_lock)
        {
            _entries.Add(entry);
        }

        _changed.Raise();
    }

    private sealed class Writer(LogBook book, string category) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel != LogLevel.None;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            book.Add(new LogEntry(book._clock.Elapsed, logLevel, eventId.Id, category, formatter(state, exception), exception));
    }
}
