namespace EdgeGateway.Firmware.Content;

/// <summary>A place where bytes of a known digest may come from.</summary>
public interface IContentSource
{
    /// <summary>Name for logs and metrics.</summary>
    string Name { get; }

    /// <summary>Opens the content at <paramref name="offset"/>. The caller checks size and digest.</summary>
    /// <returns>The stream and the offset it really starts at (0 where the source cannot resume).</returns>
    /// <exception cref="ContentException">With the reason.</exception>
    Task<OpenedContent> OpenAsync(ContentReference content, long offset, CancellationToken cancellationToken);
}
