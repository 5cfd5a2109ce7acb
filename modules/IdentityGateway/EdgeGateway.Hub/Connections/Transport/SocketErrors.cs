using System.Net.Sockets;

namespace EdgeGateway.Hub.Connections.Transport;

/// <summary>Why a host could not be reached, in plain words.</summary>
internal static class SocketErrors
{
    /// <param name="host">The host whose name was looked up.</param>
    /// <param name="address">It with its port.</param>
    /// <param name="e">What the system said.</param>
    public static HubException Describe(string host, string address, SocketException e) => new(
        HubFailure.Unreachable,
        e.SocketErrorCode switch
        {
            SocketError.HostNotFound or SocketError.TryAgain or SocketError.NoData => $"The name '{host}' cannot be resolved: {e.Message}",
            SocketError.ConnectionRefused => $"{address} refused the connection; nothing listens there.",
            _ => $"{address} cannot be reached: {e.Message}",
        },
        e);
}
