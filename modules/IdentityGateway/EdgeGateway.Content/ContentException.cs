using EdgeGateway.Content.Sources;

namespace EdgeGateway.Content;

/// <summary>Content could not be made present; <see cref="Failure"/> says why.</summary>
public sealed class ContentException(ContentFailure failure, string message, Exception? inner = null) : IOException(message, inner)
{
    public ContentFailure Failure { get; } = failure;

    /// <summary>What the source has against this gateway as a whole; none where only this content is concerned.</summary>
    public SourceRefusal Refusal { get; init; }

    /// <summary>How long the source asks to be left alone; null if it does not say.</summary>
    public TimeSpan? RetryAfter { get; init; }
}
