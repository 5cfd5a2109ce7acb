namespace EdgeGateway.Module.Methods.Logs;

/// <summary>The last lines of the log, in memory.</summary>
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

    /// <summary>The lines, oldest first.</summary>
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
