using EdgeGateway.Hub.Connections;

namespace EdgeGateway.Hub.Identity;

/// <summary>Asks the module's own provider for the module, and another one for everybody else.</summary>
public sealed class ModuleAwareTokenProvider(IModuleIdentitySource module, ITokenProvider others) : ITokenProvider
{
    public ValueTask<string> CreateTokenAsync(
        DeviceIdentity identity, string resource, DateTimeOffset expiry, CancellationToken cancellationToken)
    {
        var own = module.Current is { } m && m.Identity.ToString() == identity.ToString() ? m.Tokens : others;
        return own.CreateTokenAsync(identity, resource, expiry, cancellationToken);
    }
}
