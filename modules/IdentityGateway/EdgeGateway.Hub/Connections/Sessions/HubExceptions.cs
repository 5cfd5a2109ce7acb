using System.Net.Sockets;
using System.Net.WebSockets;
using EdgeGateway.Hub.Mqtt;

namespace EdgeGateway.Hub.Connections.Sessions;

/// <summary>Finds the reason behind the exception that ended a connection.</summary>
internal static class HubExceptions
{
    public static HubException From(Exception e) => e switch
    {
        HubException known => known,
        MqttProtocolException => new HubException(HubFailure.ProtocolError, $"The hub broke the protocol: {e.Message}", e),
        ClosedByHubException => new HubException(HubFailure.Unreachable, e.Message, e),
        IOException or SocketException => new HubException(HubFailure.Unreachable, $"The connection was lost: {e.Message}", e),
        _ => new HubException(HubFailure.ProtocolError, $"An unexpected error ended the connection: {e.Message}", e),
    };
}

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

/// <summary>The answer to a CONNECT was no.</summary>
internal sealed class ConnectRefusedException(ConnectReturnCode code) : Exception($"The connect was refused with code {(int)code}.")
{
    public ConnectReturnCode Code { get; } = code;
}
