namespace EdgeGateway.Content.Sources;

/// <summary>Which addresses content may be downloaded from, and how they are named in texts.</summary>
internal static class OriginRules
{
    /// <summary>An address without what may be secret: user, password, query and fragment.</summary>
    public static string Name(Uri address) =>
        address.GetComponents(UriComponents.SchemeAndServer | UriComponents.Path, UriFormat.UriEscaped);

    /// <summary>Refuses an address that is no HTTP address, or whose host is not allowed.</summary>
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

    /// <summary>Where a redirect leads.</summary>
    /// <exception cref="ContentException"><see cref="ContentFailure.NotFound"/>: nowhere, or from https to http.</exception>
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
