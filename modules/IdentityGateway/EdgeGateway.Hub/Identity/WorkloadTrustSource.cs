using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using EdgeGateway.Hub.Connections;
using EdgeGateway.Hub.Connections.Transport;

namespace EdgeGateway.Hub.Identity;

/// <summary>Trusts the IoT Edge device's trust bundle; asked anew at each connect, since authorities are renewed.</summary>
public sealed class WorkloadTrustSource(WorkloadClient workload) : ITrustSource
{
    public async ValueTask<X509Certificate2Collection?> GetRootsAsync(HubEndpoint endpoint, CancellationToken cancellationToken)
    {
        try
        {
            var roots = new X509Certificate2Collection();
            roots.ImportFromPem(await workload.GetTrustBundleAsync(cancellationToken));
            return roots.Count > 0 ? roots : throw new HubException(HubFailure.Untrusted, "The trust bundle of the IoT Edge device is empty.");
        }
        catch (Exception e) when (e is WorkloadException or CryptographicException)
        {
            throw new HubException(HubFailure.Untrusted, $"The trust bundle of the IoT Edge device cannot be used: {e.Message}", e);
        }
    }
}
