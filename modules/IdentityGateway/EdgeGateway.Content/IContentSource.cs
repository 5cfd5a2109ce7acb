namespace EdgeGateway.Content;

/// <summary>Provides bytes of a known digest.</summary>
public interface IContentSource
{
    /// <summary>Gets the name for logs and metrics.</summary>
    string Name { get; }

    /// <summary>Opens content at <paramref name="from"/>. The caller verifies size, digest and rate.</summary>
    /// <returns>The stream and the offset at which it starts: 0 where the source cannot resume, or has another version now.</returns>
    /// <exception cref="ContentException">The source cannot provide the content.</exception>
    Task<OpenedContent> OpenAsync(ContentReference content, ResumePoint from, CancellationToken cancellationToken);

    /// <summary>Opens the content of an address of which neither digest nor size is known. Sets <see cref="OpenedContent.Size"/>.</summary>
    /// <exception cref="ContentException">The source cannot provide it; <see cref="ContentFailure.NotFound"/> where it does not serve addresses.</exception>
    Task<OpenedContent> OpenAsync(Uri address, ResumePoint from, CancellationToken cancellationToken);
}

/// <summary>The response of a source.</summary>
/// <param name="Stream">The bytes. The receiver disposes the stream.</param>
/// <param name="Offset">Offset of the first byte in the content: the requested one, or 0.</param>
/// <param name="Validator">Opaque validator of this version of the content, in one line. It is kept with a partial download and sent when that is resumed.</param>
public sealed record OpenedContent(Stream Stream, long Offset, string? Validator = null)
{
    /// <summary>Gets the size of the whole content in bytes as the source states it; null where it does not.</summary>
    public long? Size { get; init; }

    /// <summary>Gets a callback for what was wrong with these bytes (slow, interrupted, wrong size or digest), so that the source can be banned.</summary>
    public Action<ContentFailure>? Blame { get; init; }

    /// <summary>Gets the name of the source that sends the bytes, where the one that was asked combines several; else null.</summary>
    public string? Source { get; init; }

    /// <summary>Gets the requested address; null where the bytes come from elsewhere, such as a parent.</summary>
    public Uri? Address { get; init; }
}

/// <summary>The point at which a download resumes.</summary>
/// <param name="Offset">Offset of the first requested byte; 0 for the whole content.</param>
/// <param name="Validator">Validator of the earlier bytes (<see cref="OpenedContent.Validator"/>); null where there is none.</param>
public sealed record ResumePoint(long Offset, string? Validator)
{
    /// <summary>Gets the start of the content.</summary>
    public static ResumePoint Start { get; } = new(0, null);
}
