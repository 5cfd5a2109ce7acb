using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using EdgeGateway.Module.Serving.Access;
using EdgeGateway.Module.Serving.Certificates;
using Microsoft.AspNetCore.Connections;

namespace EdgeGateway.Module.Serving;

/// <summary>
/// What each TLS handshake is made with. A client certificate that is not trusted does not end the handshake, so that the client gets an
/// answer that it can read.
/// </summary>
/// <param name="certificates">The server's certificate.</param>
/// <param name="trust">Whom to trust; null where no client is asked for a certificate.</param>
internal sealed class TlsSetup(CertificateKeeper certificates, ChildTrust? trust)
{
    private const string ClientAuthentication = "1.3.6.1.5.5.7.3.2";

    /// <exception cref="AuthenticationException">There is no certificate to show yet.</exception>
    public async ValueTask<SslServerAuthenticationOptions> OnConnectionAsync(ConnectionContext connection, CancellationToken cancellationToken)
    {
        var own = certificates.Current ?? throw new AuthenticationException("There is no certificate yet.");
        var options = new SslServerAuthenticationOptions
        {
            ServerCertificateContext = own.Context,
            EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13,
            CertificateRevocationCheckMode = X509RevocationMode.NoCheck,
        };
        if (trust is not null)
        {
            var (roots, problem) = await trust.GetAsync(cancellationToken);
            options.ClientCertificateRequired = true; // asked for, not demanded
            options.CertificateChainPolicy = Policy(roots);
#pragma warning disable CA5359 // the outcome is kept, and each request is refused by it
            options.RemoteCertificateValidationCallback = (_, certificate, chain, errors) =>
            {
                if (certificate is X509Certificate2 shown)
                {
                    connection.Items[ClientCertificate.Item] = ClientCertificate.Of(shown, chain, errors, problem);
                }

                return true;
            };
#pragma warning restore CA5359
        }

        return options;
    }

    private static X509ChainPolicy Policy(X509Certificate2Collection roots)
    {
        var policy = new X509ChainPolicy
        {
            TrustMode = X509ChainTrustMode.CustomRootTrust,
            RevocationMode = X509RevocationMode.NoCheck,
            DisableCertificateDownloads = true,
        };
        policy.ApplicationPolicy.Add(new Oid(ClientAuthentication));
        policy.CustomTrustStore.AddRange(roots);
        return policy;
    }
}
