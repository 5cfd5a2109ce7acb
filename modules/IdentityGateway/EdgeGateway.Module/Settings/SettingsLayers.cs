namespace EdgeGateway.Module.Settings;

/// <summary>The layers of the settings of one process.</summary>
public sealed class SettingsLayers
{
    private SettingsLayers(string? file, IConfigurationRoot others) => (File, Others) = (file, others);

    /// <summary>The settings file; null for none.</summary>
    public string? File { get; }

    /// <summary>File, environment and command line: what was read at start.</summary>
    public IConfigurationRoot Others { get; }

    /// <summary>What the module twin asks for.</summary>
    public TwinConfigurationProvider Twin { get; } = new();

    /// <summary>Reads the sources.</summary>
    /// <exception cref="SettingsException">The file is missing, cannot be read or is no JSON.</exception>
    public static SettingsLayers Read(string? file, IReadOnlyDictionary<string, string> values)
    {
        var builder = new ConfigurationBuilder();
        SettingsFiles.AddTo(builder, file, values);
        return new SettingsLayers(file, builder.Build());
    }
}
