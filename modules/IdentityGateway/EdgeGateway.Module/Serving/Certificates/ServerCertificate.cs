using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace EdgeGateway.Module.Serving.Certificates;

/// <summary>The certificate that the endpoint shows, with those that vouch for it.</summary>
/// <param name="Context">What a handshake needs.</param>
/// <param name="Begins">When it begins to be valid.</param>
/// <param name="Ends">When it ends.</param>
internal sealed record ServerCertificate(SslStreamCertificateContext Context, DateTimeOffset Begins, DateTimeOffset Ends)
{
    /// <summary>Reads PEM texts.</summary>
    /// <exception cref="CryptographicException">They are none, or do not belong together.</exception>
    public static ServerCertificate FromPem(string certificates, string key)
    {
        var all = new X509Certificate2Collection();
        all.ImportFromPem(certificates);
        if (all.Count == 0)
        {
            throw new CryptographicException("there is no certificate in PEM form");
        }

        X509Certificate2 own;
        try
        {
            own = X509Certificate2.CreateFromPem(certificates, key);
        }
        catch (ArgumentException e)
        {
            throw new CryptographicException("the first certificate and the key do not belong together", e);
        }

        all[0].Dispose();
        all.RemoveAt(0);
        return new ServerCertificate(SslStreamCertificateContext.Create(own, all, offline: true), own.NotBefore, own.NotAfter);
    }

    public bool IsValidAt(DateTimeOffset now) => now >= Begins && now < Ends;
}
