namespace EdgeGateway.Module.Settings;

/// <summary>What the IoT Edge runtime tells by environment variables beside identity: how much to log.</summary>
/// <param name="LogLevel">Variable <c>RuntimeLogLevel</c>; null where it is not set or unknown.</param>
public sealed record RuntimeEnvironment(RuntimeLogLevel? LogLevel)
{
    /// <summary>Reads the variables of this process.</summary>
    public static RuntimeEnvironment Read() => From(Environment.GetEnvironmentVariable);

    internal static RuntimeEnvironment From(Func<string, string?> variable)
    {
        var text = variable("RuntimeLogLevel");
        if (string.Equals(text, "information", StringComparison.OrdinalIgnoreCase))
        {
            return new RuntimeEnvironment(RuntimeLogLevel.Info);
        }

        return new RuntimeEnvironment(
            text is not null && ScalarText.TryRead(typeof(RuntimeLogLevel), text, out var level) ? (RuntimeLogLevel)level! : null);
    }
}
