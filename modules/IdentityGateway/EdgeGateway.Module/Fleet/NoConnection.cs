using System.Text.Json.Nodes;
using EdgeGateway.Hub.Connections;

namespace EdgeGateway.Module.Fleet;

/// <summary>Stands for the connection of an identity that cannot have one, for want of credentials: nothing is sent, nothing arrives.</summary>
internal sealed class NoConnection(DeviceIdentity identity, string problem) : IDeviceConnection
{
    public DeviceIdentity Identity => identity;

    public ConnectionState State => ConnectionState.Stopped;

    public void Start()
    {
    }

    public Task<TwinDocument> GetTwinAsync(CancellationToken cancellationToken) => Task.FromException<TwinDocument>(Problem());

    public void Report(JsonObject patch)
    {
    }

    public Task FlushReportsAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task SendAsync(DeviceMessage message, CancellationToken cancellationToken) => Task.FromException(Problem());

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private HubException Problem() => new(HubFailure.Unauthorized, problem);
}
