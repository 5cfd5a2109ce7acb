using EdgeGateway.Hub.Connections.Transport;
using EdgeGateway.Hub.Identity;

namespace EdgeGateway.Module.Settings;

/// <summary>The environment variables of the IoT Edge runtime.</summary>
/// <param name="LogLevel">Variable <c>RuntimeLogLevel</c>; null where it is not set or unknown.</param>
/// <param name="Identity">Who the module is at the hub; null where nothing says so.</param>
/// <param name="Mistakes">Why identity or transport cannot be read; empty where nothing is wrong.</param>
/// <param name="Transport">Variable <c>UpstreamProtocol</c>; null where it is not set or unknown.</param>
public sealed record RuntimeEnvironment(
    RuntimeLogLevel? LogLevel, ModuleIdentity? Identity, IReadOnlyList<string> Mistakes, HubTransport? Transport = null)
    : IModuleIdentitySource
{
    /// <summary>Host name of the parent of a nested device, variable <c>IOTEDGE_PARENTHOSTNAME</c>; null where there is none.</summary>
    public string? ParentHostName { get; init; }

    /// <summary>An environment without variables.</summary>
    public static readonly RuntimeEnvironment Empty = new(null, null, []);

    ModuleIdentity? IModuleIdentitySource.Current => Identity;

    /// <summary>Reads the variables of this process.</summary>
    public static RuntimeEnvironment Read() => From(Environment.GetEnvironmentVariable);

    internal static RuntimeEnvironment From(Func<string, string?> variable)
    {
        var mistakes = new List<string>();
        var environment = new EdgeEnvironment(variable);
        var identity = Try(environment.Read, mistakes);
        return new RuntimeEnvironment(Level(variable("RuntimeLogLevel")), identity, mistakes, Try(environment.ReadTransport, mistakes))
        {
            ParentHostName = variable("IOTEDGE_PARENTHOSTNAME")?.Trim() is { Length: > 0 } parent ? parent : null,
        };
    }

    private static T? Try<T>(Func<T?> read, List<string> mistakes)
    {
        try
        {
            return read();
        }
        catch (IdentityConfigurationException e)
        {
            mistakes.AddRange(e.Mistakes);
            return default;
        }
    }

    private static RuntimeLogLevel? Level(string? text) =>
        string.Equals(text, "information", StringComparison.OrdinalIgnoreCase) ? RuntimeLogLevel.Info
        : text is not null && ScalarText.TryRead(typeof(RuntimeLogLevel), text, out var level) ? (RuntimeLogLevel)level!
        : null;
}

/// <summary>Log levels by the names of the IoT Edge runtime (environment variable <c>RuntimeLogLevel</c>).</summary>
public enum RuntimeLogLevel
{
    Fatal,
    Error,
    Warning,
    Info,
    Debug,
    Verbose,
}
