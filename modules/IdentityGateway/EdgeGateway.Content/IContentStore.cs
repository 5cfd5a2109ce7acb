namespace EdgeGateway.Content;

/// <summary>Content by digest: downloaded once however many want it, checked, kept in a bounded folder.</summary>
/// <remarks>Thread-safe.</remarks>
public interface IContentStore
{
    /// <summary>Makes the content present and pins it until the lease is disposed.</summary>
    /// <param name="content">What is wanted.</param>
    /// <param name="progress">Told the bytes present so far, at last all of them; on any thread; null if nobody asks.</param>
    /// <param name="cancellationToken">Ends the wait; a download that others wait for goes on.</param>
    /// <exception cref="ContentException">With the reason.</exception>
    Task<IContentLease> AcquireAsync(ContentReference content, IProgress<long>? progress, CancellationToken cancellationToken);
}
