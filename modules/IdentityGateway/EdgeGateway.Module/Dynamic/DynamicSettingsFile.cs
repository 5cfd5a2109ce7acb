using System.Text.Json;

namespace EdgeGateway.Module.Dynamic;

/// <summary>
/// Keeps the last good wishes of the module twin in a file. They can be had from the hub again, so a file that cannot be used is only
/// logged.
/// </summary>
internal sealed partial class DynamicSettingsFile(string path, ILogger<DynamicSettingsFile> logger)
{
    private readonly ILogger<DynamicSettingsFile> _logger = logger;

    /// <summary>Name of the file in the data folder.</summary>
    public const string FileName = "module-twin-settings.json";

    /// <summary>What was kept; null for nothing, or nothing that can be read.</summary>
    public KeptSettings? Read()
    {
        try
        {
            var kept = File.Exists(path) ? JsonSerializer.Deserialize<KeptSettings>(File.ReadAllBytes(path)) : null;
            return kept is { Values: not null } ? kept : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException)
        {
            LogUnreadable(path, e.Message);
            return null;
        }
    }

    /// <summary>Keeps wishes; the file holds the old or the new ones whatever happens.</summary>
    public void Write(KeptSettings settings)
    {
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            var temporary = path + ".new";
            using (var file = new FileStream(temporary, FileMode.Create, FileAccess.Write))
            {
                JsonSerializer.Serialize(file, settings);
                file.Flush(flushToDisk: true);
            }

            File.Move(temporary, path, overwrite: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            LogUnwritable(path, e.Message);
        }
    }

    [LoggerMessage(4110, LogLevel.Warning,
        "{Path} cannot be read, the settings of the module twin count again once the hub is reached: {Problem}")]
    private partial void LogUnreadable(string path, string problem);

    [LoggerMessage(4111, LogLevel.Warning,
        "{Path} cannot be written, a restart without hub will not know the settings of the module twin: {Problem}")]
    private partial void LogUnwritable(string path, string problem);
}

/// <summary>The last good wishes of the module twin.</summary>
/// <param name="Version">The <c>$version</c> they came with.</param>
/// <param name="Values">Keys of the settings file and their values.</param>
internal sealed record KeptSettings(long Version, IReadOnlyDictionary<string, string?> Values);
