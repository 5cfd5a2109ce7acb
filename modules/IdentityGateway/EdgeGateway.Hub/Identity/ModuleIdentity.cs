using EdgeGateway.Hub.Connections;
using EdgeGateway.Hub.Connections.Transport;
using Microsoft.Extensions.Configuration;

namespace EdgeGateway.Hub.Identity;

/// <summary>Who this process is at the hub when it runs as an IoT Edge module.</summary>
/// <param name="Identity">Device and module id.</param>
/// <param name="HostName">The IoT Hub.</param>
/// <param name="GatewayHostName">The edgeHub to connect to; null for the hub itself.</param>
/// <param name="Tokens">Makes its tokens.</param>
/// <param name="GatewayTrust">Authorities that vouch for the gateway; null for the usual ones.</param>
public sealed record ModuleIdentity(
    DeviceIdentity Identity, string HostName, string? GatewayHostName, ITokenProvider Tokens, ITrustSource? GatewayTrust)
{
    /// <summary>The security daemon that vouches for the module; null where a key at hand does.</summary>
    public WorkloadClient? Workload { get; init; }
}

/// <summary>Gives what the module's environment says: its own identity, and how to reach the hub.</summary>
public interface IModuleIdentitySource
{
    /// <summary>The identity; null where the process does not run as a module.</summary>
    ModuleIdentity? Current { get; }

    /// <summary>What carries MQTT, from <c>UpstreamProtocol</c>; null where it says nothing.</summary>
    HubTransport? Transport { get; }
}

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
