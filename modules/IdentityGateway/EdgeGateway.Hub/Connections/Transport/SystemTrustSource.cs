using System.Security.Cryptography.X509Certificates;

namespace EdgeGateway.Hub.Connections.Transport;

/// <summary>Trusts whom the system trusts.</summary>
public sealed class SystemTrustSource : ITrustSource
{
    public ValueTask<X509Certificate2Collection?> GetRootsAsync(HubEndpoint endpoint, CancellationToken cancellationToken) => default;
}
