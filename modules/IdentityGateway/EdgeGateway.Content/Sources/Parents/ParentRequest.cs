using System.Globalization;
using System.Net.Http.Headers;
using EdgeGateway.Content.Sources.Paths;

namespace EdgeGateway.Content.Sources.Parents;

/// <summary>A request to a parent: for content by its digest, or for an address in the form of Microsoft Connected Cache.</summary>
internal sealed class ParentRequest
{
    private readonly Uri _address;
    private readonly string? _scheme;
    private readonly GatewayPath _path;

    private ParentRequest(Uri address, Uri key, string? scheme, ContentReference? wanted, GatewayPath path) =>
        (_address, Key, _scheme, Wanted, _path) = (address, key, scheme, wanted, path);

    /// <summary>Gets what validators of the responses are bound to (<see cref="OriginTag"/>).</summary>
    public Uri Key { get; }

    /// <summary>Gets the requested content; null where only an address is known.</summary>
    public ContentReference? Wanted { get; }

    /// <summary>Makes a request for <c>/content/sha256/HEX?size=N&amp;origin=URL</c>.</summary>
    public static ParentRequest For(Uri parent, ContentReference content, string id)
    {
        var origin = content.Origin is { } known ? $"&origin={Uri.EscapeDataString(known.AbsoluteUri)}" : "";
        var path = string.Create(CultureInfo.InvariantCulture, $"/content/sha256/{content.Digest}?size={content.Size}{origin}");
        var address = new Uri(parent, path);
        return new ParentRequest(address, address, null, content, content.Via.Append(id));
    }

    /// <summary>Makes a request for <c>/path?query&amp;cacheHostOrigin=host</c>.</summary>
    public static ParentRequest For(Uri parent, Uri content, string id)
    {
        var path = content.GetComponents(UriComponents.Path | UriComponents.KeepDelimiter, UriFormat.UriEscaped);
        var query = content.GetComponents(UriComponents.Query, UriFormat.UriEscaped);
        var host = Uri.EscapeDataString(content.Authority);
        var address = new Uri($"{parent.GetLeftPart(UriPartial.Authority)}{path}?{(query.Length > 0 ? query + "&" : "")}cacheHostOrigin={host}");
        var key = new Uri($"{parent.GetLeftPart(UriPartial.Authority)}/{content.Scheme}/{host}{path}");
        var scheme = content.Scheme == Uri.UriSchemeHttp ? content.Scheme : null;
        return new ParentRequest(address, key, scheme, null, GatewayPath.Empty.Append(id));
    }

    /// <summary>Makes the HTTP request for the content from a point on.</summary>
    public HttpRequestMessage Message(ResumePoint from, string? authorization)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, _address);
        request.Headers.AcceptEncoding.Add(new StringWithQualityHeaderValue("identity"));
        request.Headers.Add(GatewayPath.Header, _path.ToString());
        if (_scheme is not null)
        {
            request.Headers.Add(OriginScheme.Header, _scheme);
        }

        if (authorization is not null)
        {
            request.Headers.TryAddWithoutValidation("Authorization", authorization);
        }

        // The tag of content by digest is the digest, for every sender; other content resumes only where its tag is known.
        var tag = Wanted is { } wanted ? new EntityTagHeaderValue($"\"{wanted.Digest}\"") : OriginTag.For(Key, from.Validator);
        if (from.Offset > 0 && tag is not null)
        {
            request.Headers.Range = new RangeHeaderValue(from.Offset, null);
            request.Headers.IfRange = new RangeConditionHeaderValue(tag);
        }

        return request;
    }
}
