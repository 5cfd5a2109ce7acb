using System.Formats.Asn1;
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

/// <summary>Reads the URIs among the alternative names of a certificate (RFC 5280 section 4.2.1.6), where IoT Edge names the module.</summary>
internal static class ClientCertificateNames
{
    private const string AlternativeNames = "2.5.29.17";
    private static readonly Asn1Tag UriTag = new(TagClass.ContextSpecific, 6);

    /// <summary>All URIs; none where the extension is missing or broken.</summary>
    public static IReadOnlyList<string> Uris(X509Certificate2 certificate)
    {
        var uris = new List<string>();
        foreach (var extension in certificate.Extensions.Where(e => e.Oid?.Value == AlternativeNames))
        {
            try
            {
                Read(extension.RawData, uris);
            }
            catch (AsnContentException)
            {
                return [];
            }
        }

        return uris;
    }

    private static void Read(byte[] extension, List<string> uris)
    {
        var names = new AsnReader(extension, AsnEncodingRules.DER).ReadSequence();
        while (names.HasData)
        {
            if (names.PeekTag() == UriTag)
            {
                uris.Add(names.ReadCharacterString(UniversalTagNumber.IA5String, UriTag));
            }
            else
            {
                names.ReadEncodedValue();
            }
        }
    }
}
