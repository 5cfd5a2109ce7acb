using EdgeGateway.Module.Settings;

namespace EdgeGateway.Module.Health;

/// <summary>Check <c>settings</c> of the running gateway: they are in force; files that they name may be missing still.</summary>
internal sealed class SettingsReadiness(SettingsLayers layers) : IReadinessCheck
{
    public const string Name = "settings";

    public CheckResult Check()
    {
        var mistakes = SettingsReader.Read(layers.Others, layers.Environment).Errors;
        return mistakes.Count == 0 ? new CheckResult(Name, CheckStatus.Ok, $"in force ({layers.File ?? "no settings file"})") : Mistakes(mistakes);
    }

    /// <summary>The check where there are mistakes.</summary>
    public static CheckResult Mistakes(IEnumerable<SettingsError> mistakes) => new(Name, CheckStatus.Failed, string.Join("; ", mistakes));
}
