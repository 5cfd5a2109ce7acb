using System.Text.RegularExpressions;

namespace EdgeGateway.Module.Methods.Logs;

/// <summary>Selects lines of the log; a property that is null filters nothing.</summary>
internal sealed record LogFilter
{
    private const int MaxPattern = 512;
    private static readonly TimeSpan MatchLimit = TimeSpan.FromMilliseconds(250);

    /// <summary>Gets the number of newest lines, of those that pass the other filters.</summary>
    public int? Tail { get; init; }

    public DateTimeOffset? Since { get; init; }

    public DateTimeOffset? Until { get; init; }

    /// <summary>Gets the least severity, as a number of syslog: lower is worse.</summary>
    public int? Level { get; init; }

    public Regex? Pattern { get; init; }

    /// <summary>Reads the object <c>filter</c> of an item.</summary>
    public static LogFilter Read(MethodArguments arguments, DateTimeOffset now) => new()
    {
        Tail = arguments.Integer("tail", 1, LogRing.MaxLines),
        Since = Time(arguments, "since", now),
        Until = Time(arguments, "until", now),
        Level = arguments.Integer("loglevel", 0, 7),
        Pattern = Regex(arguments, "regex", required: false),
    };

    /// <summary>Reads a pattern. Any pattern is matched in linear time.</summary>
    public static Regex? Regex(MethodArguments arguments, string name, bool required)
    {
        if (arguments.Text(name, required, MaxPattern) is not { } pattern)
        {
            return null;
        }

        try
        {
            return new Regex(pattern, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant, MatchLimit);
        }
        catch (Exception e) when (e is ArgumentException or NotSupportedException)
        {
            arguments.Add(name, $"is no regular expression that can be used here: {e.Message.TrimEnd('.')}");
            return null;
        }
    }

    /// <summary>Returns the lines that pass, oldest first.</summary>
    /// <exception cref="RegexMatchTimeoutException">The pattern is too costly.</exception>
    public IReadOnlyList<LogLine> Apply(IReadOnlyList<LogLine> lines, CancellationToken cancellationToken)
    {
        var passed = lines.Where(Passes);
        return Tail is { } tail ? [.. passed.TakeLast(tail)] : [.. passed];

        bool Passes(LogLine line)
        {
            cancellationToken.ThrowIfCancellationRequested();
            return (Since is null || line.At >= Since) && (Until is null || line.At <= Until)
                && (Level is null || line.Severity <= Level) && Pattern?.IsMatch(line.Text) != false;
        }
    }

    private static DateTimeOffset? Time(MethodArguments arguments, string name, DateTimeOffset now)
    {
        if (arguments.TextOrNumber(name) is not { } text)
        {
            return null;
        }

        var time = LogTime.Read(text, now);
        if (time is null)
        {
            arguments.Add(name, $"is '{text}'; {LogTime.Expected} is expected");
        }

        return time;
    }
}

/// <summary>A call of GetLogs.</summary>
/// <param name="Items">What is wanted.</param>
/// <param name="IsGzip">Compressed.</param>
/// <param name="IsJson">As objects, not as lines.</param>
internal sealed record LogRequest(IReadOnlyList<LogItem> Items, bool IsGzip, bool IsJson);

/// <summary>One item of a call: a module and a filter.</summary>
/// <param name="Module">Pattern of its id.</param>
/// <param name="Filter">Which lines.</param>
internal sealed record LogItem(Regex? Module, LogFilter Filter);
