using EdgeGateway.Content.Sources.Paths;

namespace EdgeGateway.Module.Serving.Requests;

/// <summary>What somebody asks for.</summary>
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
