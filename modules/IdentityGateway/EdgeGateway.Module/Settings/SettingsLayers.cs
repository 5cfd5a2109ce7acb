using Microsoft.Extensions.Configuration.CommandLine;
using Microsoft.Extensions.Configuration.EnvironmentVariables;
using Microsoft.Extensions.Configuration.Json;

namespace EdgeGateway.Module.Settings;

/// <summary>The layers of the settings of one process.</summary>
public sealed class SettingsLayers
{
    private SettingsLayers(string? file, IConfigurationRoot others, RuntimeEnvironment environment) =>
        (File, Others, Environment) = (file, others, environment);

    /// <summary>Gets the settings file; null for none.</summary>
    public string? File { get; }

    /// <summary>Gets the settings of file, environment and command line, as read at the start.</summary>
    public IConfigurationRoot Others { get; }

    /// <summary>Gets what the IoT Edge runtime says.</summary>
    public RuntimeEnvironment Environment { get; }

    /// <summary>Gets the settings of the module twin.</summary>
    public TwinConfigurationProvider Twin { get; } = new();

    /// <summary>Reads the sources.</summary>
    /// <exception cref="SettingsException">The file is missing, cannot be read or is no JSON.</exception>
    public static SettingsLayers Read(string? file, IReadOnlyDictionary<string, string> values, RuntimeEnvironment environment)
    {
        var builder = new ConfigurationBuilder();
        SettingsFiles.AddTo(builder, file, values);
        return new SettingsLayers(file, builder.Build(), environment);
    }
}

/// <summary>Finds where a value of the configuration came from, for messages.</summary>
internal static class SettingsSources
{
    /// <summary>Returns the name of the source whose value applies; null where no source has the key.</summary>
    public static string? NameOf(IConfiguration configuration, string key)
    {
        var provider = (configuration as IConfigurationRoot)?.Providers.LastOrDefault(p => Has(p, key));
        return provider switch
        {
            null => null,
            JsonConfigurationProvider json => json.Source.Path,
            EnvironmentVariablesConfigurationProvider =>
                $"environment {SettingsFiles.EnvironmentPrefix}{key.Replace(":", "__", StringComparison.Ordinal)}",
            CommandLineConfigurationProvider => "command line",
            TwinConfigurationProvider => "module twin",
            ChainedConfigurationProvider chained => NameOf(chained.Configuration, key),
            _ => provider.ToString(),
        };
    }

    private static bool Has(IConfigurationProvider provider, string key) =>
        provider.TryGet(key, out _) || provider.GetChildKeys([], key).Any();
}
