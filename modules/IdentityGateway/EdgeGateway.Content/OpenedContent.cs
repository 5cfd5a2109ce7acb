namespace EdgeGateway.Content;

/// <summary>Bytes from a source.</summary>
/// <param name="Stream">The bytes; disposed by the receiver.</param>
/// <param name="Offset">Offset of the first byte in the content: the one asked for, or 0.</param>
/// <param name="Validator">Opaque mark of this version of the content, kept with a broken-off download and shown at its resumption; one line.</param>
public sealed record OpenedContent(Stream Stream, long Offset, string? Validator = null)
{
    /// <summary>Size of the whole content as the source announces it; null if it does not.</summary>
    public long? Size { get; init; }

    /// <summary>Told what was wrong with these bytes (slow, broken off, wrong size or digest), so that the source can be avoided for a while.</summary>
    public Action<ContentFailure>? Blame { get; init; }

    /// <summary>Name of the source that really sends them, for logs and metrics, where the one that was asked stands for several; else null.</summary>
    public string? Source { get; init; }

    /// <summary>The address that was asked for them; null where they come from elsewhere, as from a parent.</summary>
    public Uri? Address { get; init; }
}
