using System.Text.Json.Nodes;
using EdgeGateway.Hub.Connections;
using EdgeGateway.Module.Twins;

namespace EdgeGateway.Module.Hosting;

/// <summary>Receives what the hub sends to a module that waits: its twin changes nothing yet, and methods are told to come back later.</summary>
internal sealed class WaitingHandler : IDeviceHandler
{
    private ModuleReports? _reports;

    /// <summary>Where reports go. Called once, before the connection starts.</summary>
    public void Attach(ModuleReports reports) => _reports = reports;

    public ValueTask OnTwinAsync(TwinDocument twin, CancellationToken cancellationToken)
    {
        _reports?.OnTwin(twin.Reported);
        return ValueTask.CompletedTask;
    }

    public ValueTask<MethodResponse> OnMethodAsync(MethodRequest request, CancellationToken cancellationToken) =>
        ValueTask.FromResult(new MethodResponse(503, new JsonObject
        {
            ["message"] = "The gateway waits for its settings to be mended; gateway.problems in the reported properties of the module says what is wrong.",
        }));

    public ValueTask OnMessageAsync(DeviceMessage message, CancellationToken cancellationToken) => ValueTask.CompletedTask;

    public ValueTask OnConnectionAsync(ConnectionStatus status, CancellationToken cancellationToken) => ValueTask.CompletedTask;
}
