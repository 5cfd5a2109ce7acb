using EdgeGateway.Module.Settings;

namespace EdgeGateway.Module.Dynamic;

/// <summary>How the last wish of the module twin ended.</summary>
/// <param name="Version">The <c>$version</c> of the desired section that was read last; null before the first.</param>
/// <param name="InForce">The <c>$version</c> whose settings are in force; null where only files, environment and command line are.</param>
/// <param name="Errors">Why <paramref name="Version"/> was refused; empty where it is in force.</param>
internal sealed record SettingsState(long? Version, long? InForce, IReadOnlyList<SettingsError> Errors);
