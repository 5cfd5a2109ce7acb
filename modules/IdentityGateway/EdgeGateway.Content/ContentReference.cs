using EdgeGateway.Content.Sources.Paths;

namespace EdgeGateway.Content;

/// <summary>Content that somebody wants.</summary>
/// <param name="Digest">What it is.</param>
/// <param name="Size">Its size in bytes, 1 or more.</param>
/// <param name="Origin">Where it can be downloaded; null where only the store or a parent may have it.</param>
public sealed record ContentReference(Sha256Digest Digest, long Size, Uri? Origin)
{
    /// <summary>The gateways below that ask for it; no part of what is wanted, and of no weight when references are compared.</summary>
    public GatewayPath Via { get; init; } = GatewayPath.Empty;

    public bool Equals(ContentReference? other) =>
        other is not null && Digest == other.Digest && Size == other.Size && Origin == other.Origin;

    public override int GetHashCode() => HashCode.Combine(Digest, Size, Origin);
}
