using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;

namespace EdgeGateway.Module.Serving.Direct;

/// <summary>Puts a <see cref="DirectConnection"/> between Kestrel and the sockets of a listener without TLS.</summary>
internal static class DirectMiddleware
{
    public static ConnectionDelegate Use(ConnectionDelegate next, int leastRate, TimeProvider time) => async connection =>
    {
        if (connection.Features.Get<IConnectionSocketFeature>()?.Socket is not { } socket)
        {
            await next(connection);
            return;
        }

        var transport = connection.Transport;
        var direct = new DirectConnection(socket, connection, leastRate, time);
        connection.Features.Set(direct);
        connection.Transport = direct;
        try
        {
            await next(connection);
        }
        finally
        {
            connection.Transport = transport;
        }
    };
}
