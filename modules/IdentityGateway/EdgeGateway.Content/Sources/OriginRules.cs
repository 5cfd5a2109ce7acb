using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;

namespace EdgeGateway.Content.Sources;

/// <summary>Decides from which addresses content may be downloaded, and names addresses in messages.</summary>
internal static class OriginRules
{
    /// <summary>Names an address without its secrets: user, password, query and fragment.</summary>
    public static string Name(Uri address) =>
        address.GetComponents(UriComponents.SchemeAndServer | UriComponents.Path, UriFormat.UriEscaped);

    /// <summary>Refuses an address that is not an HTTP address, or whose host is not allowed.</summary>
    /// <exception cref="ContentException"><see cref="ContentFailure.NotFound"/>.</exception>
    public static void Check(Uri address, IList<string> allowed)
    {
        if (!address.IsAbsoluteUri || (address.Scheme != Uri.UriSchemeHttp && address.Scheme != Uri.UriSchemeHttps))
        {
            var scheme = address.IsAbsoluteUri ? $"scheme {address.Scheme}" : "no scheme";
            throw new ContentException(ContentFailure.NotFound, $"Content is downloaded by http or https; its address has {scheme}.");
        }

        if (allowed.Count > 0 && !allowed.Any(a => Matches(address.Host, a)))
        {
            throw new ContentException(
                ContentFailure.NotFound, $"Content may not be downloaded from {address.Host}; allowed are {string.Join(", ", allowed)} (Content:AllowedOrigins).");
        }
    }

    /// <summary>Resolves a redirect.</summary>
    /// <exception cref="ContentException"><see cref="ContentFailure.NotFound"/>: no valid location, or a redirect from https to http.</exception>
    public static Uri Redirect(Uri from, Uri? location)
    {
        if (location is null || !Uri.TryCreate(from, location, out var to))
        {
            throw new ContentException(ContentFailure.NotFound, $"{Name(from)} redirects without saying where.");
        }

        if (from.Scheme == Uri.UriSchemeHttps && to.Scheme != Uri.UriSchemeHttps)
        {
            throw new ContentException(ContentFailure.NotFound, $"{Name(from)} redirects from https to {to.Scheme}, which is refused.");
        }

        return to;
    }

    private static bool Matches(string host, string allowed) => allowed.StartsWith("*.", StringComparison.Ordinal)
        ? host.Length >= allowed.Length && host.EndsWith(allowed[1..], StringComparison.OrdinalIgnoreCase)
        : host.Equals(allowed, StringComparison.OrdinalIgnoreCase);
}

/// <summary>
/// Makes the validator of a download by HTTP: the strong ETag of the origin, bound to its address, because another origin may use the same
/// ETag for other content. The address is kept only as a digest and without its query, which may be secret.
/// </summary>
internal static class OriginTag
{
    /// <summary>Makes a validator from a response; null if it has no strong ETag (RFC 9110 section 13.1.5 forbids weak ones in If-Range).</summary>
    public static string? Of(Uri address, EntityTagHeaderValue? etag) => etag is { IsWeak: false } ? $"{Key(address)} {etag.Tag}" : null;

    /// <summary>Reads the ETag to send to this address; null if the validator belongs to another address.</summary>
    public static EntityTagHeaderValue? For(Uri address, string? kept) =>
        kept?.Split(' ', 2) is [var key, var tag] && key == Key(address) && EntityTagHeaderValue.TryParse(tag, out var etag) ? etag : null;

    private static string Key(Uri address) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(OriginRules.Name(address))).AsSpan(0, 8));
}
