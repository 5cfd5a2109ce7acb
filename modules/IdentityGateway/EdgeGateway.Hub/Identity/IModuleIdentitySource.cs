using EdgeGateway.Hub.Connections.Transport;

namespace EdgeGateway.Hub.Identity;

/// <summary>Gives what the module's environment says: its own identity, and how to reach the hub.</summary>
public interface IModuleIdentitySource
{
    /// <summary>The identity; null where the process does not run as a module.</summary>
    ModuleIdentity? Current { get; }

    /// <summary>What carries MQTT, from <c>UpstreamProtocol</c>; null where it says nothing.</summary>
    HubTransport? Transport { get; }
}
