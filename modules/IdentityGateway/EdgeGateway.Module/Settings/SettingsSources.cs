using Microsoft.Extensions.Configuration.CommandLine;
using Microsoft.Extensions.Configuration.EnvironmentVariables;
using Microsoft.Extensions.Configuration.Json;

namespace EdgeGateway.Module.Settings;

/// <summary>Tells where a value of the configuration came from, for messages.</summary>
internal static class SettingsSources
{
    /// <summary>Name of the source whose value counts; null where no source has the key.</summary>
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
