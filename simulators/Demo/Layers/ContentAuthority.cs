using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace EdgeGateway.Simulators.Demo.Layers;

/// <summary>
/// Stands for the root that all edge devices of a plant trust: gives each gateway the certificate of its content endpoint, which IoT Edge would
/// give it through the workload API. Lives as long as one run.
/// </summary>
public sealed class ContentAuthority : IDisposable
{
    private const string ServerAuthentication = "1.3.6.1.5.5.7.3.1";
    private static readonly TimeSpan Life = TimeSpan.FromDays(1);
    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly X509Certificate2 _root;
    private readonly DateTimeOffset _from;

    /// <param name="file">The root's certificate is written here, for children to trust.</param>
    /// <param name="time">The clock.</param>
    public ContentAuthority(string file, TimeProvider time)
    {
        _from = time.GetUtcNow() - Life;
        var request = new CertificateRequest("CN=EdgeGateway demo root", _key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, true, 0, true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, false));
        _root = request.CreateSelfSigned(_from, _from + 2 * Life);
        File = file;
        System.IO.File.WriteAllText(file, _root.ExportCertificatePem());
    }

    /// <summary>PEM file of the root's certificate.</summary>
    public string File { get; }

    /// <summary>Writes a server certificate for this machine, and its key, as PEM.</summary>
    public void Issue(string certificateFile, string keyFile)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid(ServerAuthentication)], false));
        using var certificate = request.Create(_root, _from, _from + 2 * Life, RandomNumberGenerator.GetBytes(16));
        System.IO.File.WriteAllText(certificateFile, certificate.ExportCertificatePem());
        System.IO.File.WriteAllText(keyFile, key.ExportPkcs8PrivateKeyPem());
    }

    public void Dispose()
    {
        _root.Dispose();
        _key.Dispose();
    }
}
