using System.Formats.Asn1;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace EdgeGateway.Module.Tests.Serving.Fakes;

/// <summary>An authority of a test, and what it vouches for.</summary>
internal sealed class TestCertificates : IDisposable
{
    private static readonly DateTimeOffset Begins = new(2020, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset Ends = new(2090, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private readonly X509Certificate2 _authority;

    public TestCertificates()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=authority of a test", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign, true));
        _authority = request.CreateSelfSigned(Begins, Ends);
    }

    public X509Certificate2 Authority => _authority;

    public string AuthorityPem => _authority.ExportCertificatePem();

    /// <summary>A server's certificate.</summary>
    public (string Certificate, string Key) Server(string host, DateTimeOffset? ends = null, DateTimeOffset? begins = null)
    {
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName(host);
        using var certificate = Make($"CN={host}", "1.3.6.1.5.5.7.3.1", names.Build(), ends, begins);
        return (certificate.ExportCertificatePem(), KeyPem(certificate));
    }

    /// <summary>A client's certificate with URIs among its names.</summary>
    public X509Certificate2 Client(params string[] uris)
    {
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("beside");
        foreach (var uri in uris)
        {
            names.AddUri(new Uri(uri));
        }

        using var certificate = Make("CN=client", "1.3.6.1.5.5.7.3.2", names.Build());
        return X509CertificateLoader.LoadPkcs12(certificate.Export(X509ContentType.Pkcs12), null);
    }

    public void Dispose() => _authority.Dispose();

    private static string KeyPem(X509Certificate2 certificate)
    {
        using var key = certificate.GetECDsaPrivateKey()!;
        return key.ExportPkcs8PrivateKeyPem();
    }

    private X509Certificate2 Make(string subject, string usage, X509Extension names, DateTimeOffset? ends = null, DateTimeOffset? begins = null)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest(subject, key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid(usage)], false));
        request.CertificateExtensions.Add(names);
        var serial = RandomNumberGenerator.GetBytes(8);
        serial[0] &= 0x7F;
        using var bare = request.Create(_authority, begins ?? Begins, ends ?? Ends, serial);
        return bare.CopyWithPrivateKey(key);
    }
}
