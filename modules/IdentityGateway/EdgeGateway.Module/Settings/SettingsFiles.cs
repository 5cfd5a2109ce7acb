namespace EdgeGateway.Module.Settings;

/// <summary>Layers the sources of settings: file, environment, command line; the later one applies.</summary>
public static class SettingsFiles
{
    /// <summary>Prefix of the environment variables of settings: <c>EdgeGateway__Hub__HostName</c>.</summary>
    public const string EnvironmentPrefix = "EdgeGateway__";

    /// <summary>The settings file where none is named.</summary>
    public const string DefaultFile = "/data/settings.json";

    /// <summary>The settings file beside the executable, where there is no <see cref="DefaultFile"/>.</summary>
    public const string FallbackFile = "appsettings.json";

    /// <summary>Returns the file to read: the named one, else the first default that exists; null for none.</summary>
    public static string? Choose(string? named, Func<string, bool> exists)
    {
        var fallback = Path.Combine(AppContext.BaseDirectory, FallbackFile);
        return named ?? (exists(DefaultFile) ? DefaultFile : exists(fallback) ? fallback : null);
    }

    /// <summary>Adds the sources.</summary>
    /// <param name="builder">The configuration to add to.</param>
    /// <param name="file">Settings file; null for none.</param>
    /// <param name="values">Keys and values of the command line.</param>
    /// <exception cref="SettingsException">The file is missing, cannot be read or is no JSON.</exception>
    public static void AddTo(IConfigurationBuilder builder, string? file, IReadOnlyDictionary<string, string> values)
    {
        if (file is not null)
        {
            AddFile(builder, file);
        }

        builder.AddEnvironmentVariables(EnvironmentPrefix);
        builder.AddCommandLine([.. values.Select(v => $"--{v.Key}={v.Value}")]);
    }

    private static void AddFile(IConfigurationBuilder builder, string file)
    {
        var path = Path.GetFullPath(file);
        if (!File.Exists(path))
        {
            throw new SettingsException([new SettingsError("--settings", file, "a file that exists")]);
        }

        try
        {
            // read once here to tell the mistake, and again by the host; the file is small
            new ConfigurationBuilder().AddJsonFile(path).Build();
        }
        catch (Exception e) when (e is InvalidDataException or IOException or UnauthorizedAccessException)
        {
            var reason = (e.InnerException ?? e).Message;
            throw new SettingsException([new SettingsError("--settings", file, $"a JSON file that can be read: {reason}")], e);
        }

        builder.AddJsonFile(path);
    }
}
