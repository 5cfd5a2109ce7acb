using System.Text.Json.Nodes;
using EdgeGateway.Hub.Connections;
using EdgeGateway.Simulators.IotHub.Edge.Outgoing;
using EdgeGateway.Simulators.IotHub.Edge.Scope;
using EdgeGateway.Simulators.IotHub.Errors;
using EdgeGateway.Simulators.IotHub.Messages;
using EdgeGateway.Simulators.IotHub.Registry;
using EdgeGateway.Simulators.IotHub.Sessions;

namespace EdgeGateway.Simulators.IotHub.Edge;

/// <summary>Serves the clients of an edge hub: answers from copies of twins while the hub above cannot be reached, and queues what is sent upstream.</summary>
internal sealed partial class EdgeHubBackend(
    string gatewayHostName, EdgeCredentials credentials, DeviceScopes scopes, DeviceScopeCache scope, UpstreamConnections connections,
    TwinSynchronizer twins, OutgoingStore store, ILogger logger) : IClientBackend
{
    private static readonly string[] EdgeModules = [IdentityName.EdgeHubModule, "$edgeAgent"];

    // Clients name the hub; newer ones name the gateway to which they are connected.
    public IReadOnlyList<string> HostNames { get; } = [credentials.HostName, gatewayHostName];

    public string? ReasonToRefuse(IdentityName client)
    {
        var above = client.ModuleId is not null && client.DeviceId == credentials.EdgeId
            ? credentials.EdgeId
            : client.ModuleId is null || EdgeModules.Contains(client.ModuleId) ? scopes.ParentOf(client)?.Name.DeviceId : client.DeviceId;
        return above == credentials.EdgeId
            ? null
            : $"'{client}' belongs to {(above is null ? "no edge device" : $"edge device '{above}'")}, this one is '{credentials.EdgeId}'";
    }

    public async ValueTask<bool> RefreshAsync(IdentityName client, CancellationToken cancellationToken) =>
        await scope.RefreshAsync(client, cancellationToken);

    public async Task ReadTwinAsync(HubIdentity client, Action<JsonObject> use)
    {
        if (connections.Find(client.Name) is { } connection)
        {
            try
            {
                twins.Adopt(client, await connection.GetTwinAsync(CancellationToken.None));
            }
            catch (Exception e) when (e is HubException or ObjectDisposedException)
            {
                LogCopyServed(client.Name, e.Message);
            }
        }

        client.Twin.Read(use);
    }

    public long? PatchReported(HubIdentity client, JsonObject patch)
    {
        try
        {
            twins.Report(client, patch);
            return null;
        }
        catch (IOException e)
        {
            throw new HubRequestException(HubError.ServerError, $"the report cannot be stored: {e.Message} Free space on the disk of the data folder");
        }
    }

    public void Accept(TelemetryMessage message)
    {
        try
        {
            store.AddMessage(message);
        }
        catch (IOException e)
        {
            throw new HubRequestException(HubError.ServerError, $"the message cannot be stored: {e.Message} Free space on the disk of the data folder");
        }
    }

    [LoggerMessage(6130, LogLevel.Information, "Twin served from the local copy. Client={Client} Reason={Reason}")]
    private partial void LogCopyServed(IdentityName client, string reason);
}
