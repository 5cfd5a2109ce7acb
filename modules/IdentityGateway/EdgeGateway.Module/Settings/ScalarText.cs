using System.Globalization;

namespace EdgeGateway.Module.Settings;

/// <summary>
/// Reads single values strictly: what a lenient reader would take for something else ("30" as 30 days, "7" as an enum value) is a mistake.
/// </summary>
internal static class ScalarText
{
    /// <summary>Returns true for types that are written as one value.</summary>
    public static bool IsScalar(Type type)
    {
        var plain = Nullable.GetUnderlyingType(type) ?? type;
        return plain.IsEnum || plain == typeof(string) || plain == typeof(bool) || plain == typeof(int) || plain == typeof(long)
            || plain == typeof(double) || plain == typeof(TimeSpan) || plain == typeof(Uri);
    }

    /// <summary>Reads <paramref name="text"/>.</summary>
    public static bool TryRead(Type type, string text, out object? value)
    {
        var plain = Nullable.GetUnderlyingType(type) ?? type;
        value = null;
        if (plain == typeof(string))
        {
            value = text;
        }
        else if (plain == typeof(bool) && bool.TryParse(text, out var flag))
        {
            value = flag;
        }
        else if (plain == typeof(int) && int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number))
        {
            value = number;
        }
        else if (plain == typeof(long) && long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var large))
        {
            value = large;
        }
        else if (plain == typeof(double) && double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var real)
            && double.IsFinite(real))
        {
            value = real;
        }
        else if (plain == typeof(TimeSpan) && text.Contains(':') && TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out var span))
        {
            value = span;
        }
        else if (plain == typeof(Uri) && Uri.TryCreate(text, UriKind.Absolute, out var uri))
        {
            value = uri;
        }
        else if (plain.IsEnum && Array.Exists(Enum.GetNames(plain), n => string.Equals(n, text, StringComparison.OrdinalIgnoreCase)))
        {
            value = Enum.Parse(plain, text, ignoreCase: true);
        }

        return value is not null;
    }

    /// <summary>Formats a value as the settings have it.</summary>
    public static string Format(object value) => value switch
    {
        bool flag => flag ? "true" : "false",
        TimeSpan { Ticks: var ticks } span when ticks % TimeSpan.TicksPerSecond != 0 => span.ToString("c").TrimEnd('0'),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
    };

    /// <summary>Describes the values of a type, for messages and for the help.</summary>
    public static string Describe(Type type)
    {
        var plain = Nullable.GetUnderlyingType(type) ?? type;
        return plain switch
        {
            _ when plain == typeof(bool) => "true or false",
            _ when plain == typeof(int) || plain == typeof(long) => "a whole number",
            _ when plain == typeof(double) => "a number",
            _ when plain == typeof(TimeSpan) => "a duration as hh:mm:ss or d.hh:mm:ss",
            _ when plain == typeof(Uri) => "a URL",
            _ when plain.IsEnum => "one of " + string.Join(", ", Enum.GetNames(plain)),
            _ => "text",
        };
    }
}
