using EdgeGateway.Content.Sources.Paths;
using EdgeGateway.Module.Serving.Access;

namespace EdgeGateway.Module.Serving.Requests;

/// <summary>A parsed request for content.</summary>
internal sealed record ContentRequest
{
    /// <summary>Digest of the content; null where an address is asked for.</summary>
    public Sha256Digest? Digest { get; init; }

    /// <summary>Its size as the client knows it; null where it does not say.</summary>
    public long? Size { get; init; }

    /// <summary>Where the client knows the content to be, and this gateway may fetch it; null for nowhere.</summary>
    public Uri? Origin { get; init; }

    /// <summary>The address; null where a digest is asked for.</summary>
    public Uri? Address { get; init; }

    /// <summary>The gateways that it came through.</summary>
    public GatewayPath Via { get; init; } = GatewayPath.Empty;

    public RequestKind Kind => Digest is null ? RequestKind.Address : RequestKind.Digest;
}

/// <summary>Forms of requests. Names are labels of metrics.</summary>
internal enum RequestKind
{
    /// <summary>Neither of the others.</summary>
    Unknown,

    /// <summary>Content by its digest.</summary>
    Digest,

    /// <summary>What an address holds, as clients of Microsoft Connected Cache ask.</summary>
    Address,
}

/// <summary>A request that is not served.</summary>
/// <param name="Status">HTTP status.</param>
/// <param name="Text">Why, for who asked.</param>
/// <param name="Denial">Where the refusal counts as denied access: why.</param>
internal sealed record Refusal(int Status, string Text, AccessDenial? Denial = null);
