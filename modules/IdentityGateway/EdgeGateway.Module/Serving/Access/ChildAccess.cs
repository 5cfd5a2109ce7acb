using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http;

namespace EdgeGateway.Module.Serving.Access;

/// <summary>Decides who is served over HTTPS: by token if there is one, else by certificate.</summary>
/// <param name="tokens">Knows tokens.</param>
/// <param name="certificates">Knows certificates.</param>
/// <param name="allowed">Children that are served; empty for every child with a valid token, and for no child with a certificate.</param>
internal sealed class ChildAccess(TokenAccess tokens, CertificateAccess certificates, IReadOnlyList<ChildId> allowed)
{
    private readonly HashSet<ChildId> _allowed = [.. allowed];

    public AccessResult Check(HttpContext context)
    {
        var header = context.Request.Headers.Authorization;
        var shown = context.Features.Get<IConnectionItemsFeature>()?.Items[ClientCertificate.Item] as ClientCertificate;
        var (result, isListed) = header.Count > 0 ? (tokens.Check(header), _allowed.Count == 0)
            : shown is not null ? (certificates.Check(shown), false)
            : (AccessResult.Denied(AccessDenial.NoCredentials, "there is neither token nor certificate"), false);
        return result is { Denial: null, Child: { } child } && !isListed && !_allowed.Contains(child)
            ? AccessResult.Denied(AccessDenial.NotAllowed, $"{child} is not among Endpoint:Children", child)
            : result;
    }
}

/// <summary>A gateway below: the module of an edge device.</summary>
/// <param name="Edge">Id of the edge device.</param>
/// <param name="Module">Id of the module.</param>
internal sealed record ChildId(string Edge, string Module)
{
    /// <summary>Reads <c>edge/module</c>.</summary>
    public static ChildId? TryParse(string text) =>
        text.Split('/') is [{ Length: > 0 } edge, { Length: > 0 } module] ? new ChildId(edge, module) : null;

    /// <summary>Reads <c>hub/devices/edge/modules/module</c>.</summary>
    /// <returns>The hub, and the child; null where the text is something else.</returns>
    public static (string Hub, ChildId Child)? TryParseResource(string resource) =>
        resource.Split('/') is [{ Length: > 0 } hub, "devices", { Length: > 0 } edge, "modules", { Length: > 0 } module]
            ? (hub, new ChildId(edge, module))
            : null;

    /// <summary>What a token of it opens.</summary>
    public string ResourceOf(string hub) => $"{hub}/devices/{Edge}/modules/{Module}";

    public override string ToString() => $"{Edge}/{Module}";
}
