using System.Globalization;

namespace EdgeGateway.Module.Twins;

/// <summary>Times as twins carry them: ISO 8601, UTC, whole seconds.</summary>
internal static class TwinTime
{
    public static string? Text(DateTimeOffset? time) =>
        time?.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    public static DateTimeOffset? Read(string? text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) ? time : null;
}
