namespace EdgeGateway.Module.Settings;

/// <summary>
/// The topmost layer of the settings: what the module twin asks for. Empty until the first good desired properties arrive.
/// </summary>
public sealed class TwinConfigurationProvider : ConfigurationProvider, IConfigurationSource
{
    /// <summary>Puts other values in the place of those before; everyone who watches the settings is told.</summary>
    public void Replace(IReadOnlyDictionary<string, string?> values)
    {
        Data = new Dictionary<string, string?>(values, StringComparer.OrdinalIgnoreCase);
        OnReload();
    }

    /// <summary>True where these are the values already.</summary>
    public bool Holds(IReadOnlyDictionary<string, string?> values) =>
        Data.Count == values.Count && values.All(v => Data.TryGetValue(v.Key, out var held) && held == v.Value);

    public IConfigurationProvider Build(IConfigurationBuilder builder) => this;
}
