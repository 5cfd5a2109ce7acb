using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using EdgeGateway.Hub.Connections;
using EdgeGateway.Hub.Connections.Transport;
using Microsoft.Extensions.Options;

namespace EdgeGateway.Hub.Identity;

/// <summary>Chooses whom to trust: the file of the settings; else, for the gateway of the module, what vouches for it; else the system.</summary>
public sealed class ConfiguredTrustSource(IOptionsMonitor<HubOptions> options, IModuleIdentitySource module) : ITrustSource
{
    private readonly Lock _lock = new();
    private readonly SystemTrustSource _system = new();
    private (string Path, FileTrustSource Source)? _file;

    public ValueTask<X509Certificate2Collection?> GetRootsAsync(HubEndpoint endpoint, CancellationToken cancellationToken) =>
        Choose(endpoint).GetRootsAsync(endpoint, cancellationToken);

    private ITrustSource Choose(HubEndpoint endpoint)
    {
        if (options.CurrentValue.TrustedCaFile is { Length: > 0 } path)
        {
            lock (_lock)
            {
                var file = _file is { } known && known.Path == path ? known : (path, new FileTrustSource(path));
                _file = file;
                return file.Item2;
            }
        }

        return endpoint.IsThroughGateway ? module.Current?.GatewayTrust ?? _system : _system;
    }
}

/// <summary>Trusts the trust bundle of the IoT Edge device, read again at each connect, because authorities are renewed.</summary>
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
