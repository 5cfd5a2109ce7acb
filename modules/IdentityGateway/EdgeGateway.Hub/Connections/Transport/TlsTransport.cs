using System.Net.Security;
using System.Net.Sockets;
using System.Runtime.ExceptionServices;
using System.Security.Authentication;

namespace EdgeGateway.Hub.Connections.Transport;

/// <summary>TCP with TLS 1.2 or 1.3; the certificate must bear the name of the host that was connected to. Never by a proxy.</summary>
public sealed class TlsTransport(ITrustSource trust) : IHubTransport
{
    public async Task<Stream> ConnectAsync(HubEndpoint endpoint, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(endpoint);
        var policy = new TlsPolicy(endpoint, await trust.GetRootsAsync(endpoint, cancellationToken));
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(endpoint.ConnectHost, endpoint.Port, cancellationToken);
        }
        catch (Exception e)
        {
            socket.Dispose();
            throw e is SocketException s ? SocketErrors.Describe(endpoint.ConnectHost, endpoint.ToString(), s) : Rethrow(e);
        }

        return await AuthenticateAsync(policy, new NetworkStream(socket, ownsSocket: true), cancellationToken);
    }

    private static async Task<Stream> AuthenticateAsync(TlsPolicy policy, NetworkStream network, CancellationToken cancellationToken)
    {
        var tls = new SslStream(network);
        try
        {
            await tls.AuthenticateAsClientAsync(policy.Options, cancellationToken);
            return tls;
        }
        catch (Exception e)
        {
            await tls.DisposeAsync();
            throw e is AuthenticationException or IOException ? policy.Failed(e) : Rethrow(e);
        }
    }

    private static Exception Rethrow(Exception e)
    {
        ExceptionDispatchInfo.Throw(e);
        return e;
    }
}
