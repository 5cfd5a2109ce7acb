using System.Globalization;
using System.Text;

namespace EdgeGateway.Module.Twins;

/// <summary>Keeps text within what a twin takes.</summary>
internal static class TwinText
{
    /// <summary>Longest message for people, in bytes of UTF-8; the hub's own limit is 4096.</summary>
    public const int MaxMessageBytes = 1024;

    /// <summary>The text, cut at a character if it is longer than <paramref name="maxBytes"/> bytes of UTF-8.</summary>
    public static string Limit(string text, int maxBytes = MaxMessageBytes)
    {
        if (Encoding.UTF8.GetByteCount(text) <= maxBytes)
        {
            return text;
        }

        var bytes = 0;
        var result = new StringBuilder();
        foreach (var rune in text.EnumerateRunes())
        {
            bytes += rune.Utf8SequenceLength;
            if (bytes > maxBytes - 3)
            {
                break;
            }

            result.Append(rune);
        }

        return result.Append("...").ToString();
    }
}

/// <summary>Times as twins carry them: ISO 8601, UTC, whole seconds.</summary>
internal static class TwinTime
{
    public static string? Text(DateTimeOffset? time) =>
        time?.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    public static DateTimeOffset? Read(string? text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) ? time : null;
}
