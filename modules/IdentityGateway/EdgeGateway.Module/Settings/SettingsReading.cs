namespace EdgeGateway.Module.Settings;

/// <summary>What <see cref="SettingsReader"/> made of a configuration: the settings, and every mistake in them.</summary>
public sealed class SettingsReading
{
    private readonly Dictionary<object, string> _keys = new(ReferenceEqualityComparer.Instance);
    private readonly List<SettingsError> _errors = [];
    private readonly Func<string, string?> _sourceOf;

    internal SettingsReading(RuntimeEnvironment environment, Func<string, string?> sourceOf) =>
        (Environment, _sourceOf) = (environment, sourceOf);

    /// <summary>Gets the settings; a key with a mistake has its default.</summary>
    public GatewaySettings Settings { get; } = new();

    /// <summary>Gets every mistake, in the order in which they were found.</summary>
    public IReadOnlyList<SettingsError> Errors => _errors;

    /// <summary>Gets the mistakes that keep the gateway from running.</summary>
    public IReadOnlyList<SettingsError> Blocking => [.. _errors.Where(e => e.Blocks)];

    /// <summary>Gets what the IoT Edge runtime says.</summary>
    internal RuntimeEnvironment Environment { get; }

    /// <summary>Gets whether there is no mistake.</summary>
    public bool IsValid => _errors.Count == 0;

    /// <summary>Returns the key of a property of an object that was read: <c>Lines:1:Mcus:0:Id</c>.</summary>
    internal string KeyOf(object owner, string property) => _keys.TryGetValue(owner, out var key) ? Join(key, property) : property;

    internal void Remember(object owner, string key) => _keys[owner] = key;

    internal void Add(string key, string? value, string expected) =>
        _errors.Add(new SettingsError(key, value is null ? null : SecretKeys.Mask(key, value), expected, _sourceOf(key)));

    /// <summary>Adds a mistake that does not keep the gateway from running: the file is read again when it is needed.</summary>
    internal void AddWarning(string key, string? value, string expected) =>
        _errors.Add(new SettingsError(key, value is null ? null : SecretKeys.Mask(key, value), expected, _sourceOf(key)) { Blocks = false });

    internal void Add(object owner, string property, string? value, string expected) => Add(KeyOf(owner, property), value, expected);

    internal bool HasErrorAt(string key) => _errors.Exists(e => string.Equals(e.Key, key, StringComparison.OrdinalIgnoreCase));

    internal static string Join(string key, string child) => key.Length == 0 ? child : $"{key}:{child}";
}
