using System.Text.Json.Nodes;
using EdgeGateway.Hub.Connections;
using EdgeGateway.Simulators.IotHub.Registry;

namespace EdgeGateway.Simulators.IotHub.Edge.Scope;

/// <summary>Tells an edge hub which identities it may let in and speak for: the documents of devices and modules as the service API has them, keys included.</summary>
internal interface IScopeSource
{
    /// <summary>All identities of the scope.</summary>
    /// <exception cref="HubException">The hub above did not answer, or refused.</exception>
    Task<IReadOnlyList<JsonObject>> ReadAllAsync(CancellationToken cancellationToken);

    /// <summary>One identity, and with a module its device.</summary>
    /// <returns>Nothing where it is not in the scope.</returns>
    /// <exception cref="HubException">The hub above did not answer, or refused.</exception>
    Task<IReadOnlyList<JsonObject>> ReadAsync(IdentityName name, CancellationToken cancellationToken);
}
