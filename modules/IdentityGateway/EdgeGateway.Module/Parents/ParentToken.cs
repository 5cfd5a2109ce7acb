using EdgeGateway.Content;
using EdgeGateway.Content.Sources;
using EdgeGateway.Hub.Connections;
using EdgeGateway.Hub.Identity;

namespace EdgeGateway.Module.Parents;

/// <summary>The SAS token of this module that parents are shown: the one form of proof that needs no certificate. Kept until most of its life is over.</summary>
/// <remarks>Thread-safe; the token is a secret.</remarks>
internal sealed class ParentToken(IModuleIdentitySource module, ITokenProvider tokens, Func<TimeSpan> lifetime, TimeProvider time)
{
    /// <summary>Share of its life after which a new one is made.</summary>
    private const double Renewal = 0.8;

    private readonly Lock _lock = new();
    private (string Token, DateTimeOffset Until)? _known;

    /// <summary>The token; null where the module has no identity.</summary>
    /// <exception cref="ContentException">It cannot be made.</exception>
    public async ValueTask<string?> GetAsync(CancellationToken cancellationToken)
    {
        if (module.Current is not { } own)
        {
            return null;
        }

        var now = time.GetUtcNow();
        lock (_lock)
        {
            if (_known is { } known && now < known.Until)
            {
                return known.Token;
            }
        }

        try
        {
            var resource = $"{own.HostName}/devices/{own.Identity.DeviceId}/modules/{own.Identity.ModuleId}";
            var token = await tokens.CreateTokenAsync(own.Identity, resource, now + lifetime(), cancellationToken);
            lock (_lock)
            {
                _known = (token, now + (lifetime() * Renewal));
            }

            return token;
        }
        catch (HubException e)
        {
            throw new ContentException(ContentFailure.NotFound, $"This gateway cannot prove to its parent who it is: {e.Message}", e)
            {
                Refusal = SourceRefusal.Unauthorized,
            };
        }
    }

    /// <summary>The next one is a new one.</summary>
    public void Renew()
    {
        lock (_lock)
        {
            _known = null;
        }
    }
}
