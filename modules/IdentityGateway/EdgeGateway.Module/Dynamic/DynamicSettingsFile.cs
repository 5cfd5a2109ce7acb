using System.Text.Json;

namespace EdgeGateway.Module.Dynamic;

/// <summary>
/// Stores the last good settings of the module twin in a file. The hub has them too, so a file that cannot be used is only logged.
/// </summary>
internal sealed partial class DynamicSettingsFile(string path, ILogger<DynamicSettingsFile> logger)
{
    private readonly AtomicFile _file = new(path, isPrivate: false);

    /// <summary>Name of the file in the data folder.</summary>
    public const string FileName = "module-twin-settings.json";

    /// <summary>Reads the stored settings; null where there are none, or none that can be read.</summary>
    public KeptSettings? Read()
    {
        try
        {
            var kept = _file.Read() is { } content ? JsonSerializer.Deserialize<KeptSettings>(content) : null;
            return kept is { Values: not null } ? kept : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException)
        {
            LogUnreadable(_file.Path, e.Message);
            return null;
        }
    }

    /// <summary>Stores settings; after a power cut the file has the old or the new ones.</summary>
    public void Write(KeptSettings settings)
    {
        try
        {
            _file.Write(JsonSerializer.SerializeToUtf8Bytes(settings));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            LogUnwritable(_file.Path, e.Message);
        }
    }

    [LoggerMessage(4110, LogLevel.Warning,
        "Stored settings of the module twin cannot be read; they apply again once the hub is reached. Path={Path} Problem={Problem}")]
    private partial void LogUnreadable(string path, string problem);

    [LoggerMessage(4111, LogLevel.Warning,
        "Settings of the module twin cannot be stored; a restart without the hub will not know them. Path={Path} Problem={Problem}")]
    private partial void LogUnwritable(string path, string problem);
}

/// <summary>The last good settings of the module twin.</summary>
/// <param name="Version">The <c>$version</c> they came with.</param>
/// <param name="Values">Keys of the settings file and their values.</param>
internal sealed record KeptSettings(long Version, IReadOnlyDictionary<string, string?> Values);
