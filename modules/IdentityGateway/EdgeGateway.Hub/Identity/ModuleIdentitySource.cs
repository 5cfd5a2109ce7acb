using EdgeGateway.Hub.Connections.Transport;
using Microsoft.Extensions.Configuration;

namespace EdgeGateway.Hub.Identity;

/// <summary>The module's identity from the configuration, or else from the environment of the process; read once.</summary>
public sealed class ModuleIdentitySource(IConfiguration configuration) : IModuleIdentitySource
{
    private readonly Lazy<ModuleIdentity?> _current = new(() => Variables(configuration).Read());
    private readonly Lazy<HubTransport?> _transport = new(() => Variables(configuration).ReadTransport());

    /// <inheritdoc/>
    /// <exception cref="IdentityConfigurationException">Variables are missing or contradict each other.</exception>
    public ModuleIdentity? Current => _current.Value;

    /// <inheritdoc/>
    /// <exception cref="IdentityConfigurationException">The protocol is unknown.</exception>
    public HubTransport? Transport => _transport.Value;

    private static EdgeEnvironment Variables(IConfiguration configuration) =>
        new(name => configuration[name] ?? Environment.GetEnvironmentVariable(name));
}
