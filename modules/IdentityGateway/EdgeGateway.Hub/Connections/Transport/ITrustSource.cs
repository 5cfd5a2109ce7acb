using System.Security.Cryptography;
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

/// <summary>Trusts whom the system trusts.</summary>
public sealed class SystemTrustSource : ITrustSource
{
    public ValueTask<X509Certificate2Collection?> GetRootsAsync(HubEndpoint endpoint, CancellationToken cancellationToken) => default;
}

/// <summary>Trusts the authorities of a PEM file; the file is read again when it changes.</summary>
public sealed class FileTrustSource(string path) : ITrustSource
{
    private readonly Lock _lock = new();
    private (DateTime Written, X509Certificate2Collection Roots)? _known;

    public ValueTask<X509Certificate2Collection?> GetRootsAsync(HubEndpoint endpoint, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            var written = File.GetLastWriteTimeUtc(path);
            if (_known is not { } known || known.Written != written)
            {
                _known = known = (written, Read());
            }

            return new ValueTask<X509Certificate2Collection?>(known.Roots);
        }
    }

    private X509Certificate2Collection Read()
    {
        var roots = new X509Certificate2Collection();
        try
        {
            roots.ImportFromPemFile(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or CryptographicException)
        {
            throw new HubException(HubFailure.Untrusted, $"The file of trusted authorities '{path}' cannot be read: {e.Message}", e);
        }

        return roots.Count > 0
            ? roots
            : throw new HubException(HubFailure.Untrusted, $"The file of trusted authorities '{path}' has no certificate in PEM form.");
    }
}
