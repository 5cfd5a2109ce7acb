using EdgeGateway.Module.Settings;

namespace EdgeGateway.Module.Hosting;

/// <summary>
/// Makes sure before anything starts that the gateway can keep its journals: without them a restart would not know what is under way.
/// </summary>
internal static class DataFolderCheck
{
    /// <summary>Makes the folder if need be and writes into it.</summary>
    /// <exception cref="SettingsException">It cannot be made or written.</exception>
    public static void Check(string folder)
    {
        try
        {
            Directory.CreateDirectory(folder);
            var probe = Path.Combine(folder, $".write-test-{Environment.ProcessId}");
            File.WriteAllText(probe, "");
            File.Delete(probe);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            var key = $"{nameof(GatewaySettings.Module)}:{nameof(ModuleOptions.DataFolder)}";
            throw new SettingsException([new SettingsError(key, folder, $"a folder that this process may write: {e.Message}")], e);
        }
    }
}
