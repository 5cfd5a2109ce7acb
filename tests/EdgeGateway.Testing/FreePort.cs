using System.Net;
using System.Net.Sockets;

namespace EdgeGateway.Testing;

/// <summary>Finds TCP ports of the loopback interface that no program listens on. A server that can listen on port 0 should do so instead.</summary>
public static class FreePort
{
    private static readonly HashSet<int> Taken = [];

    /// <summary>Takes a port that no program listens on; this process never gets the same port twice.</summary>
    public static int Take()
    {
        while (true)
        {
            using var listener = new TcpListener(IPAddress.Loopback, 0);
            listener.Start();
            var port = ((IPEndPoint)listener.LocalEndpoint).Port;
            lock (Taken)
            {
                if (Taken.Add(port))
                {
                    return port;
                }
            }
        }
    }
}
