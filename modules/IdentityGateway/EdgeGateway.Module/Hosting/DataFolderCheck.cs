using EdgeGateway.Module.Settings;

namespace EdgeGateway.Module.Hosting;

/// <summary>
/// Tries whether the data folder can be written: without journals a restart would not know which updates run.
/// </summary>
internal static class DataFolderCheck
{
    /// <summary>Key of the data folder.</summary>
    public const string Key = $"{nameof(GatewaySettings.Module)}:{nameof(ModuleOptions.DataFolder)}";

    /// <summary>Creates the folder where it is missing and writes to it; returns what is wrong, null where nothing is.</summary>
    public static SettingsError? Find(string folder)
    {
        var probe = Path.Combine(folder, $".write-test-{Guid.NewGuid():N}");
        try
        {
            Directory.CreateDirectory(folder);
            File.WriteAllText(probe, "");
            File.Delete(probe);
            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return new SettingsError(Key, folder, $"a folder that this process may write: {e.Message}");
        }
    }
}
