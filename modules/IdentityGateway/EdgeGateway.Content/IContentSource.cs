namespace EdgeGateway.Content;

/// <summary>A place where bytes of a known digest may come from.</summary>
public interface IContentSource
{
    /// <summary>Name for logs and metrics.</summary>
    string Name { get; }

    /// <summary>Opens the content at <paramref name="from"/>. The caller checks size, digest and speed.</summary>
    /// <returns>The stream and the offset it really starts at (0 where the source cannot resume, or has another version now).</returns>
    /// <exception cref="ContentException">With the reason.</exception>
    Task<OpenedContent> OpenAsync(ContentReference content, ResumePoint from, CancellationToken cancellationToken);

    /// <summary>Opens what an address holds, of which neither digest nor size is known; <see cref="OpenedContent.Size"/> is set.</summary>
    /// <exception cref="ContentException">With the reason; <see cref="ContentFailure.NotFound"/> where this source serves no addresses.</exception>
    Task<OpenedContent> OpenAsync(Uri address, ResumePoint from, CancellationToken cancellationToken);
}
