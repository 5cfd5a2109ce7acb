namespace EdgeGateway.Module.Settings;

/// <summary>The settings are wrong: they must be mended, trying again would not help.</summary>
public sealed class SettingsException(IReadOnlyList<SettingsError> errors, Exception? inner = null)
    : Exception(string.Join(Environment.NewLine, errors), inner)
{
    /// <summary>Every mistake.</summary>
    public IReadOnlyList<SettingsError> Errors { get; } = errors;
}
