
namespace EdgeGateway.Content;

/// <summary>Content for those beside and below this gateway, readable from the first byte while the rest is still arriving.</summary>
/// <remarks>Thread-safe. One download serves all readers and all microcontrollers.</remarks>
public interface IContentFeed
{
    /// <summary>Opens content, and brings it here if it is neither present nor on its way.</summary>
    /// <exception cref="ContentException">With the reason. What goes wrong later comes out of <see cref="IContentReader.ReadAsync"/>.</exception>
    Task<IContentReader> OpenAsync(ContentReference content, CancellationToken cancellationToken);

    /// <summary>Opens content that is present or on its way.</summary>
    /// <returns>Null if it is neither.</returns>
    Task<IContentReader?> TryOpenAsync(Sha256Digest digest, CancellationToken cancellationToken);

    /// <summary>Opens what an address holds, of which nothing else is known (clients of Microsoft Connected Cache check it themselves).</summary>
    /// <exception cref="ContentException">With the reason.</exception>
    Task<IContentReader> OpenAsync(Uri address, CancellationToken cancellationToken);
}
