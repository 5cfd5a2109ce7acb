
namespace EdgeGateway.Content;

/// <summary>Provides content to readers on this gateway and on gateways below it, from the first byte while the rest is still arriving.</summary>
/// <remarks>Thread-safe. One download serves all readers and all microcontrollers.</remarks>
public interface IContentCache
{
    /// <summary>Opens content, and downloads it if it is neither present nor being downloaded.</summary>
    /// <exception cref="ContentException">The content cannot be provided. A later failure is thrown by <see cref="IContentReader.ReadAsync"/>.</exception>
    Task<IContentReader> OpenAsync(ContentReference content, CancellationToken cancellationToken);

    /// <summary>Opens content that is present or being downloaded.</summary>
    /// <returns>The reader; null if the content is neither present nor being downloaded.</returns>
    Task<IContentReader?> TryOpenAsync(Sha256Digest digest, CancellationToken cancellationToken);

    /// <summary>Opens the content of an address of which nothing else is known. Clients of Microsoft Connected Cache verify it themselves.</summary>
    /// <exception cref="ContentException">The content cannot be provided.</exception>
    Task<IContentReader> OpenAsync(Uri address, CancellationToken cancellationToken);
}
