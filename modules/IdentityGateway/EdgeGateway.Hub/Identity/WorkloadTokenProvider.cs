using EdgeGateway.Hub.Connections;

namespace EdgeGateway.Hub.Identity;

/// <summary>Has the tokens of the module signed by the IoT Edge security daemon, which keeps the key.</summary>
public sealed class WorkloadTokenProvider(WorkloadClient workload) : ITokenProvider
{
    public async ValueTask<string> CreateTokenAsync(
        DeviceIdentity identity, string resource, DateTimeOffset expiry, CancellationToken cancellationToken)
    {
        try
        {
            var signature = await workload.SignAsync(SharedAccessSignature.DataToSign(resource, expiry), cancellationToken);
            return SharedAccessSignature.FromSignature(resource, signature, expiry).ToString();
        }
        catch (WorkloadException e)
        {
            throw new HubException(HubFailure.Unauthorized, $"No token for '{identity}': {e.Message}", e);
        }
    }
}
