using EdgeGateway.Hub.Connections.Transport;
using EdgeGateway.Hub.Identity;

namespace EdgeGateway.Simulators.IotHub.Edge;

/// <summary>An edge hub has no identity from the environment of a module; all of its connections go the same way.</summary>
internal sealed class NoModule : IModuleIdentitySource
{
    public ModuleIdentity? Current => null;

    public HubTransport? Transport => null;
}
