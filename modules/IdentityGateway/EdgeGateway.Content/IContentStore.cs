using EdgeGateway.Content.Sources.Paths;

namespace EdgeGateway.Content;

/// <summary>Provides content by digest: downloaded once for all users, verified, kept in a bounded folder.</summary>
/// <remarks>Thread-safe.</remarks>
public interface IContentStore
{
    /// <summary>Makes content present and keeps it from eviction until the lease is disposed.</summary>
    /// <param name="progress">Receives the number of bytes present, at last all of them, on any thread; null for no reports.</param>
    /// <param name="cancellationToken">Ends the wait. A download that others wait for continues.</param>
    /// <exception cref="ContentException">The content cannot be provided.</exception>
    Task<IContentLease> AcquireAsync(ContentReference content, IProgress<long>? progress, CancellationToken cancellationToken);
}

/// <summary>Content that is present and stays so until the lease is disposed. Every byte is verified again as it is read.</summary>
public interface IContentLease : IFirmwareImage, IDisposable;

/// <summary>Identifies content, and where to get it.</summary>
/// <param name="Size">Size in bytes, 1 or more.</param>
/// <param name="Origin">Address for the download; null where only the store or a parent may have it.</param>
public sealed record ContentReference(Sha256Digest Digest, long Size, Uri? Origin)
{
    /// <summary>Gets the gateways below that ask for the content. Not part of its identity: ignored when references are compared.</summary>
    public GatewayPath Via { get; init; } = GatewayPath.Empty;

    public bool Equals(ContentReference? other) =>
        other is not null && Digest == other.Digest && Size == other.Size && Origin == other.Origin;

    public override int GetHashCode() => HashCode.Combine(Digest, Size, Origin);
}
