namespace EdgeGateway.Module.Dynamic;

/// <summary>The last good wishes of the module twin.</summary>
/// <param name="Version">The <c>$version</c> they came with.</param>
/// <param name="Values">Keys of the settings file and their values.</param>
internal sealed record KeptSettings(long Version, IReadOnlyDictionary<string, string?> Values);
