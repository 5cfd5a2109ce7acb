using EdgeGateway.Module.Serving.Requests;
using Microsoft.AspNetCore.Http;

namespace EdgeGateway.Module.Serving.Access;

/// <summary>What is answered to somebody who is not served: not more than he must know.</summary>
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
