using System.Security.Cryptography;
using EdgeGateway.Hub.Identity;

namespace EdgeGateway.Module.Serving.Certificates;

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
