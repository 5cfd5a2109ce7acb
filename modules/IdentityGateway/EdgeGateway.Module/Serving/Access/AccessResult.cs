using EdgeGateway.Module.Serving.Requests;
using Microsoft.AspNetCore.Http;

namespace EdgeGateway.Module.Serving.Access;

/// <summary>Who asks, or why he is not served.</summary>
/// <param name="Child">The child; null where he is not served.</param>
/// <param name="Denial">Why not; null where he is.</param>
/// <param name="Detail">The same in words, for the log. Never a secret.</param>
internal sealed record AccessResult(ChildId? Child, AccessDenial? Denial, string Detail)
{
    public static AccessResult Of(ChildId child) => new(child, null, "");

    public static AccessResult Denied(AccessDenial denial, string detail, ChildId? child = null) => new(child, denial, detail);
}

/// <summary>Makes the response to a refused client, without more than it needs to know.</summary>
internal static class AccessRefusal
{
    public static Refusal Of(AccessDenial denial) => denial switch
    {
        AccessDenial.NotAllowed => new(StatusCodes.Status403Forbidden, "This child is not served here.", denial),
        AccessDenial.Origin => new(StatusCodes.Status403Forbidden, "The origin is not allowed here.", denial),
        AccessDenial.NoKeys => new(StatusCodes.Status503ServiceUnavailable, "The keys of children cannot be read now.", denial),
        AccessDenial.TooMany => new(StatusCodes.Status503ServiceUnavailable, "Too many requests at once.", denial),
        AccessDenial.Loop => new(StatusCodes.Status508LoopDetected, "The request has come through this gateway before.", denial),
        AccessDenial.Expired => new(StatusCodes.Status401Unauthorized, "Token or certificate are not valid at this time.", denial),
        _ => new(StatusCodes.Status401Unauthorized, "A SAS token of the child's module, or a client certificate, is required.", denial),
    };
}

/// <summary>Names why a client is refused. Names are labels of metrics.</summary>
internal enum AccessDenial
{
    /// <summary>Neither token nor certificate.</summary>
    NoCredentials,

    /// <summary>The header is no token, or names something twice.</summary>
    Malformed,

    /// <summary>The token is for another hub, or for something else than a module of an edge device.</summary>
    WrongScope,

    /// <summary>No key of the child is known.</summary>
    UnknownChild,

    /// <summary>Made with another key.</summary>
    WrongKey,

    /// <summary>The token's time is over.</summary>
    Expired,

    /// <summary>The certificate does not chain to whom this gateway trusts, or names no child.</summary>
    Untrusted,

    /// <summary>The child is who it says, and not among those that are served.</summary>
    NotAllowed,

    /// <summary>The keys of children cannot be read.</summary>
    NoKeys,

    /// <summary>An origin that is not allowed.</summary>
    Origin,

    /// <summary>More requests at once than one may have.</summary>
    TooMany,

    /// <summary>The request has come through this gateway before.</summary>
    Loop,
}
