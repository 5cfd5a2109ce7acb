using System.Security.Cryptography.X509Certificates;

namespace EdgeGateway.Hub.Connections.Transport;

/// <summary>Says which certificate authorities may vouch for a host.</summary>
public interface ITrustSource
{
    /// <summary>The authorities to trust.</summary>
    /// <returns>Null for the system's.</returns>
    /// <exception cref="HubException"><see cref="HubFailure.Untrusted"/>: they could not be read.</exception>
    ValueTask<X509Certificate2Collection?> GetRootsAsync(HubEndpoint endpoint, CancellationToken cancellationToken);
}
