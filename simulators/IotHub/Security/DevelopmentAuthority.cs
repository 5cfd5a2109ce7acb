using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace EdgeGateway.Simulators.IotHub.Security;

/// <summary>
/// Issues server certificates for development. The authority is created at its first use in a folder and used again afterwards, so that clients trust one
/// file. Only tests and demos may trust it: its key is stored without encryption, in a file that only its owner may read.
/// </summary>
public sealed class DevelopmentAuthority : IDisposable
{
    private const string AuthorityFile = "authority.pem";
    private const string PublicFile = "ca.pem";
    private const string ServerAuthentication = "1.3.6.1.5.5.7.3.1";

    private static readonly TimeSpan AuthorityLife = TimeSpan.FromDays(3650);
    private static readonly TimeSpan ServerLife = TimeSpan.FromDays(397);

    private DevelopmentAuthority(X509Certificate2 certificate, string certificateFile)
    {
        Certificate = certificate;
        CertificateFile = certificateFile;
    }

    /// <summary>Gets the certificate of the authority with its key.</summary>
    public X509Certificate2 Certificate { get; }

    /// <summary>Gets the PEM file of the certificate, which clients have to trust.</summary>
    public string CertificateFile { get; }

    /// <summary>Reads the authority of a folder, or creates one. Several processes may do this at the same time and get the same authority.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="authorityFile">PEM file of another authority with its key, such as <c>authority.pem</c> of another folder, to share; null for none.</param>
    /// <exception cref="IOException">The folder cannot be written.</exception>
    /// <exception cref="CryptographicException">The file there is not a certificate with its key.</exception>
    public static DevelopmentAuthority LoadOrCreate(string folder, string? authorityFile = null)
    {
        Directory.CreateDirectory(folder);
        var secret = Path.Combine(folder, AuthorityFile);
        if (authorityFile is null)
        {
            SecretFile.CreateOnce(secret, Create);
        }
        else if (Path.GetFullPath(authorityFile) != Path.GetFullPath(secret))
        {
            new AtomicFile(secret, isPrivate: true).Write(File.ReadAllBytes(authorityFile));
            File.Delete(Path.Combine(folder, PublicFile));
        }

        var certificate = X509Certificate2.CreateFromPemFile(secret);
        var visible = Path.Combine(Path.GetFullPath(folder), PublicFile);
        SecretFile.CreateOnce(visible, certificate.ExportCertificatePem);
        return new DevelopmentAuthority(certificate, visible);
    }

    /// <summary>Issues a server certificate with a new key.</summary>
    /// <param name="names">Host names and IP addresses of the server; the first one is the common name.</param>
    public X509Certificate2 IssueServer(IReadOnlyList<string> names)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest(CommonName(names[0]), key, HashAlgorithmName.SHA256);
        var alternatives = new SubjectAlternativeNameBuilder();
        foreach (var name in names.Distinct(StringComparer.OrdinalIgnoreCase))
        {
            if (IPAddress.TryParse(name, out var address))
            {
                alternatives.AddIpAddress(address);
            }
            else
            {
                alternatives.AddDnsName(name);
            }
        }

        request.CertificateExtensions.Add(alternatives.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid(ServerAuthentication)], false));
        request.CertificateExtensions.Add(
            X509AuthorityKeyIdentifierExtension.CreateFromCertificate(Certificate, includeKeyIdentifier: true, includeIssuerAndSerial: false));
        using var certificate = request.Create(Certificate, Start, Start + ServerLife, RandomNumberGenerator.GetBytes(16));
        return certificate.CopyWithPrivateKey(key);
    }

    public void Dispose() => Certificate.Dispose();

    // Clients check validity by the clock of the machine, so that these times do not come from the clock of the simulator.
    private static DateTimeOffset Start => TimeProvider.System.GetUtcNow() - TimeSpan.FromDays(1);

    private static X500DistinguishedName CommonName(string name)
    {
        var builder = new X500DistinguishedNameBuilder();
        builder.AddCommonName(name.Length <= 64 ? name : name[..64]);
        return builder.Build();
    }

    private static string Create()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest(CommonName("EdgeGateway development CA"), key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, true, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, false));
        using var certificate = request.CreateSelfSigned(Start, Start + AuthorityLife);
        return $"{certificate.ExportCertificatePem()}\n{key.ExportPkcs8PrivateKeyPem()}";
    }
}
