using EdgeGateway.Hub.Connections;

namespace EdgeGateway.Hub.Identity;

/// <summary>Makes the passwords of identities; knows their keys, or who signs for them.</summary>
public interface ITokenProvider
{
    /// <summary>Makes a SAS token.</summary>
    /// <param name="identity">Whose token.</param>
    /// <param name="resource">What it opens: <c>hub/devices/device[/modules/module]</c>.</param>
    /// <param name="expiry">When it ends.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="HubException"><see cref="HubFailure.Unauthorized"/>: no usable key; says where it was looked for.</exception>
    ValueTask<string> CreateTokenAsync(DeviceIdentity identity, string resource, DateTimeOffset expiry, CancellationToken cancellationToken);
}

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

/// <summary>Makes tokens for every identity with one given key.</summary>
public sealed class SharedKeyTokenProvider(byte[] key) : ITokenProvider
{
    public ValueTask<string> CreateTokenAsync(
        DeviceIdentity identity, string resource, DateTimeOffset expiry, CancellationToken cancellationToken) =>
        ValueTask.FromResult(SharedAccessSignature.Create(resource, key, expiry).ToString());
}

/// <summary>Uses the module's own provider for the module, and another one for all other identities.</summary>
public sealed class ModuleAwareTokenProvider(IModuleIdentitySource module, ITokenProvider others) : ITokenProvider
{
    public ValueTask<string> CreateTokenAsync(
        DeviceIdentity identity, string resource, DateTimeOffset expiry, CancellationToken cancellationToken)
    {
        var own = module.Current is { } m && m.Identity.ToString() == identity.ToString() ? m.Tokens : others;
        return own.CreateTokenAsync(identity, resource, expiry, cancellationToken);
    }
}

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
