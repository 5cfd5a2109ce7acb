using System.Net.Sockets;
using System.Net.WebSockets;

namespace EdgeGateway.Hub.Connections.Sessions;

/// <summary>The hub closed an accepted connection, in order or by a reset, without saying why.</summary>
internal sealed class ClosedByHubException(Exception? inner = null) : Exception("The hub closed the connection.", inner)
{
    /// <summary>Tells a close by the other side from any other loss of the line.</summary>
    public static Exception Recognise(IOException e) =>
        e.InnerException switch
        {
            SocketException { SocketErrorCode: SocketError.ConnectionReset or SocketError.ConnectionAborted or SocketError.Shutdown } or
            WebSocketException { WebSocketErrorCode: WebSocketError.ConnectionClosedPrematurely } => new ClosedByHubException(e),
            _ => e,
        };
}
