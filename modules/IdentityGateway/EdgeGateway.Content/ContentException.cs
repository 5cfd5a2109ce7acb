using EdgeGateway.Content.Sources;

namespace EdgeGateway.Content;

/// <summary>Reports that content cannot be provided; <see cref="Failure"/> gives the reason.</summary>
public sealed class ContentException(ContentFailure failure, string message, Exception? inner = null) : IOException(message, inner)
{
    public ContentFailure Failure { get; } = failure;

    /// <summary>Gets why the source refuses this gateway altogether; <see cref="SourceRefusal.None"/> where only this content is affected.</summary>
    public SourceRefusal Refusal { get; init; }

    /// <summary>Gets how long the source asks not to be contacted (<c>Retry-After</c>); null where it does not say.</summary>
    public TimeSpan? RetryAfter { get; init; }
}

/// <summary>Names why content cannot be provided.</summary>
public enum ContentFailure
{
    /// <summary>The origin does not have it (404, 410) or refuses (401, 403).</summary>
    NotFound,

    /// <summary>No connection, a server error, or a body that ended early. A retry may help.</summary>
    Unreachable,

    /// <summary>Slower than the minimum rate for too long. A retry may help.</summary>
    TooSlow,

    /// <summary>Longer or shorter than the update says.</summary>
    WrongSize,

    /// <summary>The bytes do not have the expected digest.</summary>
    WrongDigest,

    /// <summary>The content does not fit into the store.</summary>
    StoreFull,

    /// <summary>The disk is full or fails.</summary>
    Disk,
}
