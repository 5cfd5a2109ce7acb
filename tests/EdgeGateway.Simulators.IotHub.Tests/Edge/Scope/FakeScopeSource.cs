using System.Text.Json.Nodes;
using EdgeGateway.Hub.Connections;
using EdgeGateway.Simulators.IotHub.Edge.Scope;
using EdgeGateway.Simulators.IotHub.Registry;

namespace EdgeGateway.Simulators.IotHub.Tests.Edge.Scope;

/// <summary>A hub above with the documents that a test sets, or one that does not answer.</summary>
internal sealed class FakeScopeSource : IScopeSource
{
    public IReadOnlyList<JsonObject> Documents { get; set; } = [];

    public bool IsAway { get; set; }

    public Task<IReadOnlyList<JsonObject>> ReadAllAsync(CancellationToken cancellationToken) => IsAway
        ? throw new HubException(HubFailure.Unreachable, "away")
        : Task.FromResult(Documents);

    public Task<IReadOnlyList<JsonObject>> ReadAsync(IdentityName name, CancellationToken cancellationToken) => ReadAllAsync(cancellationToken);
}
