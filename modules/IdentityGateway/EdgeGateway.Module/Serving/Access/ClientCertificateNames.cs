using System.Formats.Asn1;
using System.Security.Cryptography.X509Certificates;

namespace EdgeGateway.Module.Serving.Access;

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
