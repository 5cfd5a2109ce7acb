using EdgeGateway.Module.Settings;

namespace EdgeGateway.Module.Dynamic;

/// <summary>
/// Applies the settings of the module twin over the other settings, all of a version or none: a version with a mistake leaves the last good one
/// in force. The last good version is stored, so that it applies where the gateway starts without the hub.
/// </summary>
/// <remarks>Not thread-safe: the calls of one device handler come one at a time.</remarks>
internal sealed partial class DynamicSettings
{
    private readonly IConfiguration _others;
    private readonly RuntimeEnvironment _environment;
    private readonly TwinConfigurationProvider _layer;
    private readonly DynamicSettingsFile _file;
    private readonly ILogger<DynamicSettings> _logger;

    /// <param name="layers">The layer of the twin and those below.</param>
    /// <param name="file">Stores the last good version.</param>
    /// <param name="logger">Log.</param>
    public DynamicSettings(SettingsLayers layers, DynamicSettingsFile file, ILogger<DynamicSettings> logger) =>
        (_others, _environment, _layer, _file, _logger) = (layers.Others, layers.Environment, layers.Twin, file, logger);

    /// <summary>Gets the outcome of the last version.</summary>
    public SettingsState State { get; private set; } = new(null, null, []);

    /// <summary>Applies the version that was in force before the restart.</summary>
    public void Restore()
    {
        if (_file.Read() is not { } kept)
        {
            return;
        }

        if (Check(kept.Values) is { Count: > 0 } errors)
        {
            LogRestoreRefused(kept.Version, string.Join("; ", errors));
            return;
        }

        _layer.Replace(kept.Values);
        State = new SettingsState(null, kept.Version, []);
        LogRestored(kept.Version, kept.Values.Count);
    }

    /// <summary>Applies a version, or rejects it as a whole.</summary>
    public SettingsState Apply(DesiredSettings desired, long version)
    {
        var errors = desired.Errors.Count > 0 ? [.. desired.Errors, .. Check(desired.Values)] : Check(desired.Values);
        if (errors.Count > 0)
        {
            State = new SettingsState(version, State.InForce, errors);
            LogRefused(version, string.Join("; ", errors));
            return State;
        }

        if (!_layer.Holds(desired.Values))
        {
            _layer.Replace(desired.Values);
            LogApplied(version, desired.Values.Count);
        }

        if (State.InForce != version)
        {
            _file.Write(new KeptSettings(version, desired.Values));
        }

        State = new SettingsState(version, version, []);
        return State;
    }

    /// <summary>Returns the mistakes of these values; those of the other layers were found at the start and are not repeated.</summary>
    private List<SettingsError> Check(IReadOnlyDictionary<string, string?> values)
    {
        var layer = new TwinConfigurationProvider();
        layer.Replace(values);
        var candidate = new ConfigurationBuilder().AddConfiguration(_others).Add(layer).Build();
        return [.. SettingsReader.Read(candidate, _environment).Errors.Except(SettingsReader.Read(_others, _environment).Errors)];
    }

    [LoggerMessage(4100, LogLevel.Information, "Settings of the module twin applied. Version={Version} Count={Count}")]
    private partial void LogApplied(long version, int count);

    [LoggerMessage(4101, LogLevel.Warning, "Settings of the module twin rejected; the last good version stays in force. Version={Version} Errors={Errors}")]
    private partial void LogRefused(long version, string errors);

    [LoggerMessage(4102, LogLevel.Information, "Stored settings of the module twin applied. Version={Version} Count={Count}")]
    private partial void LogRestored(long version, int count);

    [LoggerMessage(4103, LogLevel.Warning,
        "Stored settings of the module twin no longer fit and are ignored. Version={Version} Errors={Errors}")]
    private partial void LogRestoreRefused(long version, string errors);
}

/// <summary>The outcome of the last settings of the module twin.</summary>
/// <param name="Version">The <c>$version</c> of the desired section that was read last; null before the first.</param>
/// <param name="InForce">The <c>$version</c> whose settings are in force; null where only files, environment and command line are.</param>
/// <param name="Errors">Why <paramref name="Version"/> was refused; empty where it is in force.</param>
internal sealed record SettingsState(long? Version, long? InForce, IReadOnlyList<SettingsError> Errors);
