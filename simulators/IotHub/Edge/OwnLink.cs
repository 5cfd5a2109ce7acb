using System.Text.Json.Nodes;
using EdgeGateway.Hub.Connections;

namespace EdgeGateway.Simulators.IotHub.Edge;

/// <summary>The edge hub's own connection upstream: tells whether there is a way.</summary>
internal sealed class OwnLink(Action connected) : IDeviceHandler
{
    private volatile bool _isConnected;

    public bool IsConnected => _isConnected;

    public ValueTask OnTwinAsync(TwinDocument twin, CancellationToken cancellationToken) => ValueTask.CompletedTask;

    public ValueTask<MethodResponse> OnMethodAsync(MethodRequest request, CancellationToken cancellationToken) =>
        ValueTask.FromResult(new MethodResponse(404, JsonValue.Create("An edge hub has no methods.")));

    public ValueTask OnMessageAsync(DeviceMessage message, CancellationToken cancellationToken) => ValueTask.CompletedTask;

    public ValueTask OnConnectionAsync(ConnectionStatus status, CancellationToken cancellationToken)
    {
        _isConnected = status.State == ConnectionState.Connected;
        if (_isConnected)
        {
            connected();
        }

        return ValueTask.CompletedTask;
    }
}
