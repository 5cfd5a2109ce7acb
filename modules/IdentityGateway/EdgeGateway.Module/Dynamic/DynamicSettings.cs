using EdgeGateway.Module.Settings;

namespace EdgeGateway.Module.Dynamic;

/// <summary>
/// Lays the wishes of the module twin over the other settings, all of a version or none: one with a mistake leaves the last good one
/// in force. The last good one is kept on disk, as it counts also where the gateway starts without hub.
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
    /// <param name="file">Keeps the last good wishes.</param>
    /// <param name="logger">Log.</param>
    public DynamicSettings(SettingsLayers layers, DynamicSettingsFile file, ILogger<DynamicSettings> logger) =>
        (_others, _environment, _layer, _file, _logger) = (layers.Others, layers.Environment, layers.Twin, file, logger);

    /// <summary>How the last wish ended.</summary>
    public SettingsState State { get; private set; } = new(null, null, []);

    /// <summary>Puts what was last good before the restart in force again.</summary>
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
        LogRestored(kept.Values.Count, kept.Version);
    }

    /// <summary>Takes a version of the wishes, or refuses it as a whole.</summary>
    public SettingsState Apply(DesiredSettings wishes, long version)
    {
        var errors = wishes.Errors.Count > 0 ? [.. wishes.Errors, .. Check(wishes.Values)] : Check(wishes.Values);
        if (errors.Count > 0)
        {
            State = new SettingsState(version, State.InForce, errors);
            LogRefused(version, string.Join("; ", errors));
            return State;
        }

        if (!_layer.Holds(wishes.Values))
        {
            _layer.Replace(wishes.Values);
            LogApplied(wishes.Values.Count, version);
        }

        if (State.InForce != version)
        {
            _file.Write(new KeptSettings(version, wishes.Values));
        }

        State = new SettingsState(version, version, []);
        return State;
    }

    /// <summary>The mistakes that the wishes bring; those of the other layers were found at start and are no fault of theirs.</summary>
    private List<SettingsError> Check(IReadOnlyDictionary<string, string?> values)
    {
        var layer = new TwinConfigurationProvider();
        layer.Replace(values);
        var candidate = new ConfigurationBuilder().AddConfiguration(_others).Add(layer).Build();
        return [.. SettingsReader.Read(candidate, _environment).Errors.Except(SettingsReader.Read(_others, _environment).Errors)];
    }

    [LoggerMessage(4100, LogLevel.Information, "{Count} settings of version {Version} of the module twin are in force")]
    private partial void LogApplied(int count, long version);

    [LoggerMessage(4101, LogLevel.Warning, "Version {Version} of the module twin is refused, the settings before stay in force: {Errors}")]
    private partial void LogRefused(long version, string errors);

    [LoggerMessage(4102, LogLevel.Information, "{Count} settings that the module twin last asked for (version {Version}) are in force")]
    private partial void LogRestored(int count, long version);

    [LoggerMessage(4103, LogLevel.Warning,
        "The settings that the module twin last asked for (version {Version}) no longer fit and are left out: {Errors}")]
    private partial void LogRestoreRefused(long version, string errors);
}

/// <summary>How the last wish of the module twin ended.</summary>
/// <param name="Version">The <c>$version</c> of the desired section that was read last; null before the first.</param>
/// <param name="InForce">The <c>$version</c> whose settings are in force; null where only files, environment and command line are.</param>
/// <param name="Errors">Why <paramref name="Version"/> was refused; empty where it is in force.</param>
internal sealed record SettingsState(long? Version, long? InForce, IReadOnlyList<SettingsError> Errors);
