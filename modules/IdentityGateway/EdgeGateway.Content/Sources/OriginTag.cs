using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;

namespace EdgeGateway.Content.Sources;

/// <summary>
/// The validator of a download by HTTP: the origin's strong ETag, bound to the address it came from, because another origin names the same
/// content otherwise. The address is held as a digest only, without its query: it may be secret.
/// </summary>
internal static class OriginTag
{
    /// <summary>What to keep of an answer; null if it has no strong ETag (RFC 9110 section 13.1.5 allows no weak one in If-Range).</summary>
    public static string? Of(Uri address, EntityTagHeaderValue? etag) => etag is { IsWeak: false } ? $"{Key(address)} {etag.Tag}" : null;

    /// <summary>The ETag to show to this address again; null if the kept one is of another.</summary>
    public static EntityTagHeaderValue? For(Uri address, string? kept) =>
        kept?.Split(' ', 2) is [var key, var tag] && key == Key(address) && EntityTagHeaderValue.TryParse(tag, out var etag) ? etag : null;

    private static string Key(Uri address) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(OriginRules.Name(address))).AsSpan(0, 8));
}
