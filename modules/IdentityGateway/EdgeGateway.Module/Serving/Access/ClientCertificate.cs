using System.Net.Security;
using System.Security.Cryptography.X509Certificates;

namespace EdgeGateway.Module.Serving.Access;

/// <summary>What a client showed when the connection was made, and whether it chains to whom this gateway trusts.</summary>
/// <param name="Uris">URIs of its alternative names.</param>
/// <param name="Begins">When it begins to be valid.</param>
/// <param name="Ends">When it ends.</param>
/// <param name="Mistrust">Why it is not trusted; null where it is.</param>
internal sealed record ClientCertificate(IReadOnlyList<string> Uris, DateTimeOffset Begins, DateTimeOffset Ends, string? Mistrust)
{
    /// <summary>Key of a connection's items under which this is found.</summary>
    public static readonly object Item = new();

    /// <summary>Reads the outcome of a handshake.</summary>
    public static ClientCertificate Of(X509Certificate2 certificate, X509Chain? chain, SslPolicyErrors errors, string? trustProblem) => new(
        ClientCertificateNames.Uris(certificate),
        certificate.NotBefore,
        certificate.NotAfter,
        trustProblem ?? (errors == SslPolicyErrors.None ? null : string.Join("; ", chain?.ChainStatus.Select(s => s.StatusInformation.Trim()).Distinct() ?? [])));
}
