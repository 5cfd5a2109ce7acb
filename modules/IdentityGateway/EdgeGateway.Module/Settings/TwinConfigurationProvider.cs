namespace EdgeGateway.Module.Settings;

/// <summary>
/// The topmost layer of the settings: those of the module twin. Empty until the first good desired properties arrive.
/// </summary>
public sealed class TwinConfigurationProvider : ConfigurationProvider, IConfigurationSource
{
    /// <summary>Replaces all values and notifies the options that watch the settings.</summary>
    public void Replace(IReadOnlyDictionary<string, string?> values)
    {
        Data = new Dictionary<string, string?>(values, StringComparer.OrdinalIgnoreCase);
        OnReload();
    }

    /// <summary>Returns true where these are the present values.</summary>
    public bool Holds(IReadOnlyDictionary<string, string?> values) =>
        Data.Count == values.Count && values.All(v => Data.TryGetValue(v.Key, out var held) && held == v.Value);

    public IConfigurationProvider Build(IConfigurationBuilder builder) => this;
}
