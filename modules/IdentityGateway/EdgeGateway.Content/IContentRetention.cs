namespace EdgeGateway.Content;

/// <summary>Retains prefetched content for a later update.</summary>
/// <remarks>
/// Thread-safe. Retention survives restarts, and ends at its time or when the content is used; afterwards it is content like any other. Retained
/// content has a share of the store of its own (<see cref="ContentOptions.MaxHeldBytes"/>) and never displaces content of running updates: if an
/// update needs the space, retained content is evicted.
/// </remarks>
public interface IContentRetention
{
    /// <summary>Gets the retained content, the soonest to expire first.</summary>
    IReadOnlyList<RetainedContent> Retained { get; }

    /// <summary>Downloads content if it is not present, and retains it until <paramref name="until"/>. A later call for the same content replaces the time.</summary>
    /// <param name="until">When the retention ends if the content is not used before.</param>
    /// <param name="progress">Receives the number of bytes present, at last all of them, on any thread; null for no reports.</param>
    /// <param name="cancellationToken">Ends the wait. Bytes that have arrived stay for the next download.</param>
    /// <exception cref="ContentException">The content cannot be provided; <see cref="ContentFailure.StoreFull"/> where the share for retention is used up.</exception>
    Task<RetainedContent> RetainAsync(ContentReference content, DateTimeOffset until, IProgress<long>? progress, CancellationToken cancellationToken);

    /// <summary>Ends the retention of content early.</summary>
    /// <returns>False if the content was not retained.</returns>
    bool Release(Sha256Digest digest);
}

/// <summary>Content that is present and retained.</summary>
/// <param name="Size">Size in bytes.</param>
/// <param name="Until">When the retention ends.</param>
public sealed record RetainedContent(Sha256Digest Digest, long Size, DateTimeOffset Until);
