using EdgeGateway.Module.Settings;

namespace EdgeGateway.Module.Hosting;

/// <summary>
/// Finds out whether the gateway can keep its journals: without them a restart would not know what is under way.
/// </summary>
internal static class DataFolderCheck
{
    /// <summary>Key of the data folder.</summary>
    public const string Key = $"{nameof(GatewaySettings.Module)}:{nameof(ModuleOptions.DataFolder)}";

    /// <summary>Makes the folder if need be and writes into it; tells what is wrong, null for nothing.</summary>
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
