namespace EdgeGateway.Module.Settings;

/// <summary>One mistake in the settings: the key, its value, what was expected.</summary>
/// <param name="Key">The key as it is written: <c>Lines:0:BaudRate</c>.</param>
/// <param name="Value">What it holds; null where it is missing. Never a secret.</param>
/// <param name="Expected">What would be right.</param>
/// <param name="Source">Where the value came from; null where it is missing everywhere.</param>
public sealed record SettingsError(string Key, string? Value, string Expected, string? Source = null)
{
    /// <summary>
    /// False where the gateway can run all the same and tries again by itself: a file that is missing or unreadable now.
    /// </summary>
    public bool Blocks { get; init; } = true;

    public override string ToString()
    {
        var source = Source is null ? "" : $" ({Source})";
        return Value is null ? $"{Key}{source}: expected {Expected}" : $"{Key} = '{Value}'{source}: expected {Expected}";
    }
}

/// <summary>The settings are wrong; they must be corrected, as another attempt would not help.</summary>
public sealed class SettingsException(IReadOnlyList<SettingsError> errors, Exception? inner = null)
    : Exception(string.Join(Environment.NewLine, errors), inner)
{
    /// <summary>Gets every mistake.</summary>
    public IReadOnlyList<SettingsError> Errors { get; } = errors;
}
