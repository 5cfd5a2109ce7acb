using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;

namespace EdgeGateway.Hub.Connections.Transport;

/// <summary>
/// Rules of a TLS handshake, the same for every transport: TLS 1.2 or 1.3, a chain to the trusted roots, and the name of the host that was
/// connected to. Remembers in words why a certificate was not taken.
/// </summary>
internal sealed class TlsPolicy
{
    private readonly HubEndpoint _endpoint;

    public TlsPolicy(HubEndpoint endpoint, X509Certificate2Collection? roots)
    {
        _endpoint = endpoint;
        Options = new SslClientAuthenticationOptions
        {
            TargetHost = endpoint.ConnectHost,
            EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13,
            RemoteCertificateValidationCallback = (_, certificate, chain, errors) =>
            {
                Mistrust = errors == SslPolicyErrors.None ? null : Describe(certificate, chain, errors);
                return errors == SslPolicyErrors.None;
            },
        };
        if (roots is not null)
        {
            Options.CertificateChainPolicy = new X509ChainPolicy
            {
                TrustMode = X509ChainTrustMode.CustomRootTrust,
                RevocationMode = X509RevocationMode.NoCheck,
            };
            Options.CertificateChainPolicy.CustomTrustStore.AddRange(roots);
        }
    }

    /// <summary>For the handshake.</summary>
    public SslClientAuthenticationOptions Options { get; }

    /// <summary>Why the certificate was not trusted; null where none was refused.</summary>
    public string? Mistrust { get; private set; }

    /// <summary>What a failed handshake means.</summary>
    public HubException Failed(Exception e) => Mistrust is not null
        ? new HubException(HubFailure.Untrusted, $"The certificate of {_endpoint} is not trusted: {Mistrust}", e)
        : new HubException(HubFailure.Unreachable, $"TLS with {_endpoint} failed: {e.Message}", e);

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
}
