using System.Net.Sockets;
using EdgeGateway.Hub.Mqtt;

namespace EdgeGateway.Hub.Connections.Sessions;

/// <summary>Names the reason behind whatever ended a connection.</summary>
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
