using System.Net.WebSockets;

namespace EdgeGateway.Simulators.IotHub.Mqtt;

/// <summary>Tells what a connection throws when the other side has gone, be it TCP or a WebSocket.</summary>
internal static class ConnectionLoss
{
    public static bool Is(Exception e) => e is IOException or WebSocketException or ObjectDisposedException;
}
