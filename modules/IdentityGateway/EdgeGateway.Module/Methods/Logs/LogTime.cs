using System.Globalization;
using System.Text.RegularExpressions;

namespace EdgeGateway.Module.Methods.Logs;

/// <summary>Reads the times of a log filter: a date, seconds since 1970, or how long ago (<c>1d 2h</c>, <c>90 minutes</c>).</summary>
internal static partial class LogTime
{
    /// <summary>Describes the accepted forms.</summary>
    public const string Expected =
        "a date such as 2026-11-01T12:00:00Z, seconds since 1970, or how long ago: '1d 2h', '90 minutes'";

    private const int MaxUnits = 1_000_000;

    /// <summary>Reads a time; null where the text has none of the accepted forms.</summary>
    public static DateTimeOffset? Read(string text, DateTimeOffset now)
    {
        if (long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds))
        {
            return seconds <= DateTimeOffset.MaxValue.ToUnixTimeSeconds() ? DateTimeOffset.FromUnixTimeSeconds(seconds) : null;
        }

        if (Span().Match(text) is not { Success: true } span)
        {
            return DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) ? time : null;
        }

        var ago = TimeSpan.Zero;
        foreach (var (count, unit) in span.Groups[1].Captures.Zip(span.Groups[2].Captures))
        {
            if (!int.TryParse(count.Value, CultureInfo.InvariantCulture, out var number) || number > MaxUnits)
            {
                return null;
            }

            ago += number * UnitOf(unit.Value);
        }

        return ago <= now - DateTimeOffset.UnixEpoch ? now - ago : DateTimeOffset.UnixEpoch;
    }

    private static TimeSpan UnitOf(string unit) => char.ToLowerInvariant(unit[0]) switch
    {
        'd' => TimeSpan.FromDays(1),
        'h' => TimeSpan.FromHours(1),
        'm' => TimeSpan.FromMinutes(1),
        _ => TimeSpan.FromSeconds(1),
    };

    [GeneratedRegex(
        @"^(?:\s*([0-9]+)\s*(days|day|d|hours|hour|h|minutes|minute|mins|min|m|seconds|second|secs|sec|s))+\s*$",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Span();
}
