namespace EdgeGateway.Module.Settings;

/// <summary>
/// Recognizes by their names the keys of secrets, misspelled ones too, so that no message, log or twin shows a secret.
/// </summary>
internal static class SecretKeys
{
    /// <summary>Stands for a value that is not shown.</summary>
    public const string Hidden = "(not shown)";

    private static readonly string[] Words = ["key", "secret", "password", "token", "connectionstring", "sas"];

    private static readonly string[] Harmless = ["File", "Lifetime"];

    public static string Mask(string key, string value) => IsSecret(key) ? Hidden : value;

    private static bool IsSecret(string key)
    {
        var name = key[(key.LastIndexOf(':') + 1)..];
        return Array.Exists(Words, w => name.Contains(w, StringComparison.OrdinalIgnoreCase))
            && !Array.Exists(Harmless, w => name.EndsWith(w, StringComparison.OrdinalIgnoreCase));
    }
}
