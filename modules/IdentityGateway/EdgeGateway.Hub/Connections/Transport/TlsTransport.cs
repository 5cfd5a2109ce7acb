using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;

namespace EdgeGateway.Hub.Connections.Transport;

/// <summary>TCP with TLS 1.2 or 1.3; the certificate must bear the name of the host that was connected to.</summary>
public sealed class TlsTransport(ITrustSource trust) : IHubTransport
{
    public async Task<Stream> ConnectAsync(HubEndpoint endpoint, CancellationToken cancellationToken)
    {
        var roots = await trust.GetRootsAsync(endpoint, cancellationToken);
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(endpoint.ConnectHost, endpoint.Port, cancellationToken);
        }
        catch (Exception e)
        {
            socket.Dispose();
            throw e is SocketException s ? Unreachable(endpoint, s) : Rethrow(e);
        }

        return await AuthenticateAsync(endpoint, roots, new NetworkStream(socket, ownsSocket: true), cancellationToken);
    }

    private static async Task<Stream> AuthenticateAsync(
        HubEndpoint endpoint, X509Certificate2Collection? roots, NetworkStream network, CancellationToken cancellationToken)
    {
        string? mistrust = null;
        var tls = new SslStream(network);
        try
        {
            await tls.AuthenticateAsClientAsync(Options(endpoint, roots, why => mistrust = why), cancellationToken);
            return tls;
        }
        catch (Exception e)
        {
            await tls.DisposeAsync();
            throw e switch
            {
                AuthenticationException when mistrust is not null => new HubException(
                    HubFailure.Untrusted, $"The certificate of {endpoint} is not trusted: {mistrust}", e),
                AuthenticationException or IOException => new HubException(
                    HubFailure.Unreachable, $"TLS with {endpoint} failed: {e.Message}", e),
                _ => Rethrow(e),
            };
        }
    }

    private static SslClientAuthenticationOptions Options(
        HubEndpoint endpoint, X509Certificate2Collection? roots, Action<string> mistrusted)
    {
        var options = new SslClientAuthenticationOptions
        {
            TargetHost = endpoint.ConnectHost,
            EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13,
            RemoteCertificateValidationCallback = (_, certificate, chain, errors) =>
            {
                if (errors != SslPolicyErrors.None)
                {
                    mistrusted(Describe(certificate, chain, errors));
                }

                return errors == SslPolicyErrors.None;
            },
        };
        if (roots is not null)
        {
            options.CertificateChainPolicy = new X509ChainPolicy
            {
                TrustMode = X509ChainTrustMode.CustomRootTrust,
                RevocationMode = X509RevocationMode.NoCheck,
            };
            options.CertificateChainPolicy.CustomTrustStore.AddRange(roots);
        }

        return options;
    }

    private static string Describe(X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors)
    {
        var reasons = new List<string>();
        if (errors.HasFlag(SslPolicyErrors.RemoteCertificateNotAvailable))
        {
            reasons.Add("it sent none");
        }

        if (errors.HasFlag(SslPolicyErrors.RemoteCertificateNameMismatch))
        {
            reasons.Add($"it is for another host ({certificate?.Subject})");
        }

        reasons.AddRange(chain?.ChainStatus.Select(s => s.StatusInformation.Trim()).Distinct() ?? []);
        return string.Join("; ", reasons);
    }

    private static HubException Unreachable(HubEndpoint endpoint, SocketException e) => new(
        HubFailure.Unreachable,
        e.SocketErrorCode switch
        {
            SocketError.HostNotFound or SocketError.TryAgain or SocketError.NoData =>
                $"The name '{endpoint.ConnectHost}' cannot be resolved: {e.Message}",
            SocketError.ConnectionRefused => $"{endpoint} refused the connection; nothing listens there.",
            _ => $"{endpoint} cannot be reached: {e.Message}",
        },
        e);

    private static Exception Rethrow(Exception e)
    {
        System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(e);
        return e;
    }
}
