using System.Text.Json.Nodes;
using EdgeGateway.Simulators.IotHub.Messages;
using EdgeGateway.Simulators.IotHub.Registry;

namespace EdgeGateway.Simulators.IotHub.Sessions;

/// <summary>Serves the clients of a hub: requests take effect at once.</summary>
internal sealed class HubBackend(string hostName, TelemetryLog telemetry) : IClientBackend
{
    public IReadOnlyList<string> HostNames { get; } = [hostName];

    public string? ReasonToRefuse(IdentityName client) => null;

    public ValueTask<bool> RefreshAsync(IdentityName client, CancellationToken cancellationToken) => ValueTask.FromResult(false);

    public Task ReadTwinAsync(HubIdentity client, Action<JsonObject> use)
    {
        client.Twin.Read(use);
        return Task.CompletedTask;
    }

    public long? PatchReported(HubIdentity client, JsonObject patch) => client.Twin.PatchReported(patch);

    public void Accept(TelemetryMessage message) => telemetry.Add(message);
}
