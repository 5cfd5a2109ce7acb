using Microsoft.Extensions.Configuration;

namespace EdgeGateway.Hub.Identity;

/// <summary>The module's identity from the configuration, or else from the environment of the process; read once.</summary>
public sealed class ModuleIdentitySource(IConfiguration configuration) : IModuleIdentitySource
{
    private readonly Lazy<ModuleIdentity?> _current = new(() =>
        new EdgeEnvironment(name => configuration[name] ?? Environment.GetEnvironmentVariable(name)).Read());

    /// <inheritdoc/>
    /// <exception cref="IdentityConfigurationException">Variables are missing or contradict each other.</exception>
    public ModuleIdentity? Current => _current.Value;
}
