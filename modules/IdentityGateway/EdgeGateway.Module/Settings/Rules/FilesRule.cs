namespace EdgeGateway.Module.Settings.Rules;

/// <summary>Checks that named files exist. They are read at each connect, so a missing file does not keep the gateway from running.</summary>
internal sealed class FilesRule : ISettingsRule
{
    public void Check(SettingsReading reading)
    {
        var hub = reading.Settings.Hub;
        CheckFile(reading, hub, nameof(hub.TrustedCaFile), hub.TrustedCaFile);
        var parent = reading.Settings.Parent;
        CheckFile(reading, parent, nameof(parent.TrustedCaFile), parent.TrustedCaFile);
        CheckFile(reading, parent, nameof(parent.ClientCertificateFile), parent.ClientCertificateFile);
        CheckFile(reading, parent, nameof(parent.ClientKeyFile), parent.ClientKeyFile);
        var endpoint = reading.Settings.Endpoint;
        CheckFile(reading, endpoint, nameof(endpoint.CertificateFile), endpoint.CertificateFile);
        CheckFile(reading, endpoint, nameof(endpoint.CertificateKeyFile), endpoint.CertificateKeyFile);
        CheckFile(reading, endpoint, nameof(endpoint.TrustedCaFile), endpoint.TrustedCaFile);
    }

    private static void CheckFile(SettingsReading reading, object owner, string property, string? path)
    {
        if (!string.IsNullOrEmpty(path) && !File.Exists(path))
        {
            reading.AddWarning(reading.KeyOf(owner, property), path, "a file that exists and may be read");
        }
    }
}
