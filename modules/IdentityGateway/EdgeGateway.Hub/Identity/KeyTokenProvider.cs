using EdgeGateway.Hub.Connections;

namespace EdgeGateway.Hub.Identity;

/// <summary>Makes tokens of devices from their keys; the first source that knows a device counts.</summary>
public sealed class KeyTokenProvider(IReadOnlyList<IKeySource> sources) : ITokenProvider
{
    public ValueTask<string> CreateTokenAsync(
        DeviceIdentity identity, string resource, DateTimeOffset expiry, CancellationToken cancellationToken)
    {
        if (identity.ModuleId is not null)
        {
            throw new HubException(HubFailure.Unauthorized, $"There is no key for the module '{identity}': keys are for devices.");
        }

        foreach (var source in sources)
        {
            if (source.Find(identity.DeviceId) is { } key)
            {
                return ValueTask.FromResult(SharedAccessSignature.Create(resource, key, expiry).ToString());
            }
        }

        throw new HubException(
            HubFailure.Unauthorized,
            sources.Count == 0
                ? $"There is no key for '{identity}': neither a file of device keys nor one of a group key is set."
                : $"There is no key for '{identity}' in {string.Join(" or ", sources.Select(s => s.Description))}.");
    }
}
