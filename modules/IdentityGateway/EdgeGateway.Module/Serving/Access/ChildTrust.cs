using System.Security.Cryptography.X509Certificates;
using EdgeGateway.Hub.Connections;
using EdgeGateway.Hub.Connections.Transport;

namespace EdgeGateway.Module.Serving.Access;

/// <summary>Authorities that vouch for certificates of children, asked for again every minute at most.</summary>
/// <remarks>Thread-safe.</remarks>
internal sealed class ChildTrust(ITrustSource source, HubEndpoint self, TimeProvider time)
{
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(1);

    private readonly Lock _lock = new();
    private Task<(X509Certificate2Collection Roots, string? Problem)>? _known;
    private long _asked;

    /// <summary>The authorities; none, and why, where they cannot be had.</summary>
    public Task<(X509Certificate2Collection Roots, string? Problem)> GetAsync(CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            if (_known is null || time.GetElapsedTime(_asked) >= Lifetime)
            {
                (_known, _asked) = (AskAsync(), time.GetTimestamp());
            }

            return _known.WaitAsync(cancellationToken);
        }
    }

    private async Task<(X509Certificate2Collection Roots, string? Problem)> AskAsync()
    {
        try
        {
            return (await source.GetRootsAsync(self, CancellationToken.None) ?? [], null);
        }
        catch (HubException e)
        {
            return ([], e.Message);
        }
    }
}
