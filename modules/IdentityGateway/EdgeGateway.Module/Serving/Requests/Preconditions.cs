using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace EdgeGateway.Module.Serving.Requests;

/// <summary>Conditions of a request (RFC 9110 section 13); dates count as not fulfilled, as content here has none.</summary>
internal static class Preconditions
{
    /// <summary>The status that a condition demands instead of the content: 304, 412; null for none.</summary>
    public static int? Status(IHeaderDictionary headers, string etag)
    {
        if (headers.IfMatch.Count > 0 && !Lists(headers.IfMatch, etag, allowsWeak: false))
        {
            return StatusCodes.Status412PreconditionFailed;
        }

        return headers.IfNoneMatch.Count > 0 && Lists(headers.IfNoneMatch, etag, allowsWeak: true) ? StatusCodes.Status304NotModified : null;
    }

    /// <summary>Whether a range may be served: there is no <c>If-Range</c>, or it shows this very version.</summary>
    public static bool AllowsRange(IHeaderDictionary headers, string etag) =>
        headers.IfRange.Count == 0 || (headers.IfRange.Count == 1 && headers.IfRange[0]!.Trim() == etag);

    private static bool Lists(StringValues header, string etag, bool allowsWeak) => header
        .SelectMany(v => (v ?? "").Split(',', StringSplitOptions.TrimEntries))
        .Any(t => t == "*" || t == etag || (allowsWeak && t.StartsWith("W/", StringComparison.Ordinal) && t[2..] == etag));
}
