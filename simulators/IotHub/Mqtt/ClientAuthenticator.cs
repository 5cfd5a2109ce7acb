using EdgeGateway.Hub.Identity;
using EdgeGateway.Hub.Mqtt;
using EdgeGateway.Simulators.IotHub.Hosting;
using EdgeGateway.Simulators.IotHub.Registry;
using EdgeGateway.Simulators.IotHub.Security;

namespace EdgeGateway.Simulators.IotHub.Mqtt;

/// <summary>Authenticates clients by their CONNECT packet: an identity with its own token, or with the token of an edge device above it.</summary>
internal sealed class ClientAuthenticator(HubState hub)
{
    public async ValueTask<AuthenticationResult> AuthenticateAsync(ConnectPacket connect, CancellationToken cancellationToken)
    {
        if (ClientCredentials.Read(connect, hub.Backend.HostNames, out var refusal) is not { } login)
        {
            return refusal!;
        }

        var verdict = Check(login);
        if (verdict.Identity is null && await RefreshAsync(login, cancellationToken))
        {
            verdict = Check(login);
        }

        if (verdict.Identity is null)
        {
            hub.Registry.Find(login.Name)?.Statistics.CountRefusal();
        }
        else
        {
            verdict.Identity.ModelId = login.ModelId;
        }

        return verdict;
    }

    private async ValueTask<bool> RefreshAsync(ClientCredentials login, CancellationToken cancellationToken)
    {
        var worth = await hub.Backend.RefreshAsync(login.Name, cancellationToken);
        foreach (var edge in login.Chain?.Edges ?? [])
        {
            worth |= await hub.Backend.RefreshAsync(new IdentityName(edge, IdentityName.EdgeHubModule), cancellationToken);
        }

        return worth;
    }

    private AuthenticationResult Check(ClientCredentials login)
    {
        if (hub.Registry.Find(login.Name) is not { } identity)
        {
            return Refuse("the identity is not registered");
        }

        var why = login.Chain is { } chain ? chain.WhyWrong(hub.Registry.Scopes) : hub.Backend.ReasonToRefuse(login.Name);
        why ??= CheckToken(login.Token, login.Chain is null ? identity : Actor(login.Chain.Actor, login.Token));
        why ??= identity.Record.Enabled ? null : "the identity is disabled";
        return why is null ? AuthenticationResult.Accept(identity, login.Token.Expiry) : Refuse(why);
    }

    /// <summary>Finds the identity that signed the token of an edge device: its edge hub or the device itself; null where it is not registered.</summary>
    public HubIdentity? Actor(string edgeId, SharedAccessSignature token)
    {
        var module = new IdentityName(edgeId, IdentityName.EdgeHubModule);
        var path = token.Resource[(token.Resource.IndexOf('/', StringComparison.Ordinal) + 1)..];
        return hub.Registry.Find(path == module.ResourcePath ? module : new IdentityName(edgeId));
    }

    /// <summary>Checks the token of an identity.</summary>
    /// <returns>Null where it is valid; else the reason.</returns>
    public string? CheckToken(SharedAccessSignature token, HubIdentity? signer)
    {
        if (signer is not { Record.Enabled: true })
        {
            return signer is null ? "the edge hub that speaks for it is not registered" : $"'{signer.Name}' is disabled";
        }

        string[] keys = token.KeyName switch
        {
            null => [signer.Record.PrimaryKey, signer.Record.SecondaryKey],
            OwnerPolicy.Name => [hub.Owner.Key],
            _ => [],
        };
        var resource = $"{hub.HostName}/{signer.Name.ResourcePath}";
        var results = keys.Select(k => token.Check(Convert.FromBase64String(k), resource, hub.Time.GetUtcNow())).ToList();
        return results.Contains(SharedAccessSignatureCheck.Valid)
            ? null
            : results.Find(r => r != SharedAccessSignatureCheck.WrongSignature) switch
            {
                SharedAccessSignatureCheck.Expired => $"the token expired at {token.Expiry:O}",
                SharedAccessSignatureCheck.WrongResource => $"the token is for '{token.Resource}', not for '{resource}'",
                _ => $"the token is signed with neither key of '{signer.Name}'",
            };
    }

    private static AuthenticationResult Refuse(string reason) => AuthenticationResult.Refuse(ConnectReturnCode.NotAuthorized, reason);
}

/// <summary>The result of the check of a CONNECT packet.</summary>
/// <param name="Code">Return code of the CONNACK.</param>
/// <param name="Identity">The authenticated identity; null where refused.</param>
/// <param name="TokenExpiry">When the connection has to end.</param>
/// <param name="Reason">Why it was refused, for the log; empty where accepted.</param>
internal sealed record AuthenticationResult(ConnectReturnCode Code, HubIdentity? Identity, DateTimeOffset TokenExpiry, string Reason)
{
    public static AuthenticationResult Accept(HubIdentity identity, DateTimeOffset tokenExpiry) =>
        new(ConnectReturnCode.Accepted, identity, tokenExpiry, string.Empty);

    public static AuthenticationResult Refuse(ConnectReturnCode code, string reason) => new(code, null, default, reason);
}
