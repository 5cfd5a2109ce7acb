using System.Globalization;
using EdgeGateway.Module.Serving.Access;
using Microsoft.AspNetCore.Http;

namespace EdgeGateway.Module.Serving.Requests;

/// <summary>Reads what is asked for from the target of a request; docs/content.md describes both forms.</summary>
internal sealed class RequestReader(OriginList origins)
{
    /// <summary>Parameter that makes a request one of Connected Cache's form.</summary>
    public const string OriginHost = "cacheHostOrigin";

    /// <summary>Reads a target.</summary>
    /// <param name="rawTarget">As it came.</param>
    /// <param name="isHttps">How it came; what is fetched for it goes the same way.</param>
    /// <returns>What is asked for, or why it is refused.</returns>
    public (ContentRequest? Request, Refusal? Refusal) Read(string rawTarget, bool isHttps)
    {
        if (RequestTarget.TryParse(rawTarget) is not { } target)
        {
            return Refuse(StatusCodes.Status400BadRequest, "The path of the request is not accepted.");
        }

        if (!target.TryGet(OriginHost, out var host))
        {
            return Refuse(StatusCodes.Status400BadRequest, $"{OriginHost} must be there once.");
        }

        return target.Segments is ["content", "sha256", var hex] && host is null ? ReadDigest(target, hex)
            : host is not null ? ReadAddress(target, host, isHttps)
            : Refuse(StatusCodes.Status404NotFound, $"There is nothing here. Content is at /content/sha256/<hex>, and at any path with {OriginHost}.");
    }

    private (ContentRequest? Request, Refusal? Refusal) ReadDigest(RequestTarget target, string hex)
    {
        if (!Sha256Digest.TryParseHex(hex, out var digest) || digest.IsUnknown)
        {
            return Refuse(StatusCodes.Status400BadRequest, "A digest is 64 hexadecimal digits, not all of them 0.");
        }

        if (!target.TryGet("size", out var sizeText) || !target.TryGet("origin", out var originText))
        {
            return Refuse(StatusCodes.Status400BadRequest, "size and origin may be there once each.");
        }

        long? size = null;
        if (sizeText is not null)
        {
            if (!long.TryParse(sizeText, NumberStyles.None, CultureInfo.InvariantCulture, out var number) || number < 1)
            {
                return Refuse(StatusCodes.Status400BadRequest, "size is a number of bytes, 1 or more.");
            }

            size = number;
        }

        // an origin that is not allowed is no error of the child: it names the origin of its update, and this gateway has other sources
        var origin = Uri.TryCreate(originText, UriKind.Absolute, out var uri) && origins.Allows(uri) ? uri : null;
        return (new ContentRequest { Digest = digest, Size = size, Origin = origin }, null);
    }

    private (ContentRequest? Request, Refusal? Refusal) ReadAddress(RequestTarget target, string host, bool isHttps)
    {
        var scheme = isHttps ? Uri.UriSchemeHttps : Uri.UriSchemeHttp;
        if (!IsHost(host)
            || !Uri.TryCreate($"{scheme}://{host}{target.Without(OriginHost)}", UriKind.Absolute, out var address)
            || !string.Equals(address.Authority, host, StringComparison.OrdinalIgnoreCase))
        {
            return Refuse(StatusCodes.Status400BadRequest, $"{OriginHost} is no host.");
        }

        return origins.Allows(address)
            ? (new ContentRequest { Address = address }, null)
            : Refuse(StatusCodes.Status403Forbidden, "The origin is not allowed here.", AccessDenial.Origin);
    }

    /// <summary>A name or address with a port or without, written as it is looked up: what a parser would rewrite is none.</summary>
    private static bool IsHost(string text) =>
        text.Length is > 0 and <= 260 && !text.AsSpan().ContainsAnyExcept(Allowed) && text[^1] != '.' && text[0] != '.';

    private static readonly System.Buffers.SearchValues<char> Allowed =
        System.Buffers.SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-.:[]");

    private static (ContentRequest? Request, Refusal? Refusal) Refuse(int status, string text, AccessDenial? denial = null) =>
        (null, new Refusal(status, text, denial));
}
