using EdgeGateway.Hub.Identity;

namespace EdgeGateway.Module.Settings;

/// <summary>What the IoT Edge runtime tells by environment variables.</summary>
/// <param name="LogLevel">Variable <c>RuntimeLogLevel</c>; null where it is not set or unknown.</param>
/// <param name="Identity">Who the module is at the hub; null where nothing says so.</param>
/// <param name="Mistakes">Why the identity cannot be read; empty where nothing is wrong.</param>
public sealed record RuntimeEnvironment(RuntimeLogLevel? LogLevel, ModuleIdentity? Identity, IReadOnlyList<string> Mistakes)
    : IModuleIdentitySource
{
    /// <summary>Nothing is set.</summary>
    public static readonly RuntimeEnvironment Empty = new(null, null, []);

    ModuleIdentity? IModuleIdentitySource.Current => Identity;

    /// <summary>Reads the variables of this process.</summary>
    public static RuntimeEnvironment Read() => From(Environment.GetEnvironmentVariable);

    internal static RuntimeEnvironment From(Func<string, string?> variable)
    {
        try
        {
            return new RuntimeEnvironment(Level(variable("RuntimeLogLevel")), new EdgeEnvironment(variable).Read(), []);
        }
        catch (IdentityConfigurationException e)
        {
            return new RuntimeEnvironment(Level(variable("RuntimeLogLevel")), null, e.Mistakes);
        }
    }

    private static RuntimeLogLevel? Level(string? text) =>
        string.Equals(text, "information", StringComparison.OrdinalIgnoreCase) ? RuntimeLogLevel.Info
        : text is not null && ScalarText.TryRead(typeof(RuntimeLogLevel), text, out var level) ? (RuntimeLogLevel)level!
        : null;
}
