namespace EdgeGateway.Module.Settings.Rules;

/// <summary>A rule between settings that no annotation can state.</summary>
internal interface ISettingsRule
{
    /// <summary>Adds every breach to the reading.</summary>
    void Check(SettingsReading reading);
}
