using System.Globalization;

namespace EdgeGateway.Simulators.Origin.Faults;

/// <summary>A fault of the origin.</summary>
/// <param name="Kind">The kind of fault.</param>
/// <param name="After">Body bytes before it happens, or for <see cref="FaultKind.TooLong"/> bytes too many; null for the kind's default.</param>
/// <param name="BytesPerSecond">Rate of <see cref="FaultKind.Slow"/>.</param>
public sealed record Fault(FaultKind Kind, long? After = null, int BytesPerSecond = 1)
{
    public const int FlakyAfter = 64 * 1024;
    public const int LongBy = 1024;

    /// <summary>No fault.</summary>
    public static readonly Fault None = new(FaultKind.None);

    private static readonly Dictionary<string, FaultKind> ByName = new(StringComparer.OrdinalIgnoreCase)
    {
        ["none"] = FaultKind.None,
        ["404"] = FaultKind.NotFound,
        ["500"] = FaultKind.ServerError,
        ["silent"] = FaultKind.Silent,
        ["close"] = FaultKind.Close,
        ["flaky"] = FaultKind.Flaky,
        ["short"] = FaultKind.TooShort,
        ["long"] = FaultKind.TooLong,
        ["slow"] = FaultKind.Slow,
        ["norange"] = FaultKind.NoRange,
    };

    /// <summary>Names of the kinds, as in queries and on the command line.</summary>
    public static IReadOnlyCollection<string> Names => ByName.Keys;

    /// <summary>Reads a fault.</summary>
    /// <param name="kind">One of <see cref="Names"/>.</param>
    /// <param name="after">Number for <see cref="After"/>; null for none.</param>
    /// <param name="rate">Number for <see cref="BytesPerSecond"/>; null for 1.</param>
    /// <exception cref="FormatException">A value is not allowed; the message names it.</exception>
    public static Fault Parse(string kind, string? after, string? rate)
    {
        if (!ByName.TryGetValue(kind, out var parsed))
        {
            throw new FormatException($"fault is '{kind}', it must be one of {string.Join(", ", Names)}");
        }

        return new Fault(
            parsed,
            after is null ? null : Number("after", after, 0, long.MaxValue),
            rate is null ? 1 : (int)Number("rate", rate, 1, int.MaxValue));
    }

    private static long Number(string name, string text, long least, long most) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most
            ? number
            : throw new FormatException($"{name} is '{text}', it must be a number from {least} to {most}");
}
