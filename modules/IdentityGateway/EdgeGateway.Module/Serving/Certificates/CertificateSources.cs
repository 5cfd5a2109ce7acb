using System.Security.Cryptography;
using EdgeGateway.Hub.Identity;

namespace EdgeGateway.Module.Serving.Certificates;

/// <summary>Where the endpoint's certificate comes from.</summary>
internal interface ICertificateSource
{
    /// <summary>True where a newer certificate should be loaded in the place of the one in use.</summary>
    bool IsDue(ServerCertificate current, DateTimeOffset now);

    /// <summary>Loads it.</summary>
    /// <exception cref="CertificateException">It cannot be had now.</exception>
    Task<ServerCertificate> LoadAsync(CancellationToken cancellationToken);
}

/// <summary>Stands where plain HTTP alone is served.</summary>
internal sealed class NoCertificateSource : ICertificateSource
{
    public bool IsDue(ServerCertificate current, DateTimeOffset now) => false;

    public Task<ServerCertificate> LoadAsync(CancellationToken cancellationToken) =>
        Task.FromException<ServerCertificate>(new CertificateException("Neither files nor the workload API give a certificate."));
}

/// <summary>The certificate of two PEM files, read again when one of them changes.</summary>
internal sealed class FileCertificateSource(string certificateFile, string keyFile) : ICertificateSource
{
    private (DateTime Certificate, DateTime Key) _read;

    public bool IsDue(ServerCertificate current, DateTimeOffset now) => Written() != _read;

    public async Task<ServerCertificate> LoadAsync(CancellationToken cancellationToken)
    {
        try
        {
            var written = Written();
            var certificate = ServerCertificate.FromPem(
                await File.ReadAllTextAsync(certificateFile, cancellationToken), await File.ReadAllTextAsync(keyFile, cancellationToken));
            _read = written;
            return certificate;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or CryptographicException)
        {
            throw new CertificateException($"The certificate '{certificateFile}' with the key '{keyFile}' cannot be used: {e.Message}", e);
        }
    }

    private (DateTime Certificate, DateTime Key) Written() => (File.GetLastWriteTimeUtc(certificateFile), File.GetLastWriteTimeUtc(keyFile));
}

/// <summary>A certificate by the edge device's authority, made by the workload API, and a new one when most of its life is over.</summary>
internal sealed class WorkloadCertificateSource(WorkloadClient workload, string hostName, TimeProvider time) : ICertificateSource
{
    /// <summary>Life that is asked for; the daemon may grant less.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromDays(30);

    /// <summary>Share of its life after which it is renewed.</summary>
    private const double Renewal = 0.7;

    public bool IsDue(ServerCertificate current, DateTimeOffset now) =>
        now >= current.Begins + ((current.Ends - current.Begins) * Renewal);

    public async Task<ServerCertificate> LoadAsync(CancellationToken cancellationToken)
    {
        try
        {
            var issued = await workload.CreateServerCertificateAsync(hostName, time.GetUtcNow() + Lifetime, cancellationToken);
            return ServerCertificate.FromPem(issued.CertificatePem, issued.PrivateKeyPem);
        }
        catch (Exception e) when (e is WorkloadException or CryptographicException)
        {
            throw new CertificateException($"There is no certificate for {hostName}: {e.Message}", e);
        }
    }
}

/// <summary>There is no certificate for the endpoint now; worth another try later.</summary>
internal sealed class CertificateException(string message, Exception? inner = null) : Exception(message, inner);
