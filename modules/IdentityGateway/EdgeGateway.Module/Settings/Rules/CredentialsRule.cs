using EdgeGateway.Hub.Connections;
using EdgeGateway.Hub.Identity;

namespace EdgeGateway.Module.Settings.Rules;

/// <summary>
/// Keys of the microcontrollers: there must be a way to find them, and what is named should be readable, and is read again at each connect. A single missing key shows later.
/// </summary>
internal sealed class CredentialsRule : ISettingsRule
{
    public void Check(SettingsReading reading)
    {
        var credentials = reading.Settings.Credentials;
        if (string.IsNullOrEmpty(credentials.KeysFile) && string.IsNullOrEmpty(credentials.GroupKeyFile)
            && reading.Settings.Lines.Any(l => l.Mcus.Count > 0))
        {
            reading.Add(
                credentials,
                nameof(credentials.GroupKeyFile),
                null,
                "a file with the key of the group, or Credentials:KeysFile, so that microcontrollers can connect");
        }

        CheckSource(reading, nameof(credentials.KeysFile), credentials.KeysFile, path => new KeysFile(path));
        CheckSource(reading, nameof(credentials.GroupKeyFile), credentials.GroupKeyFile, path => new GroupKeyFile(path));
    }

    private static void CheckSource(SettingsReading reading, string property, string? path, Func<string, IKeySource> source)
    {
        if (string.IsNullOrEmpty(path))
        {
            return;
        }

        try
        {
            source(path).Find("any-device");
        }
        catch (HubException e)
        {
            reading.AddWarning(
                reading.KeyOf(reading.Settings.Credentials, property), path, $"a file that can be used: {e.Message}");
        }
    }
}
