using EdgeGateway.Content;

namespace EdgeGateway.Module.Prefetch;

/// <summary>One content that is fetched ahead.</summary>
/// <param name="Operation">The order that it belongs to.</param>
/// <param name="Content">What, how long and from where.</param>
/// <param name="Until">When it is no longer kept if nobody has used it.</param>
internal sealed record PrefetchEntry(string Operation, ContentReference Content, DateTimeOffset Until)
{
    public PrefetchState State { get; init; } = PrefetchState.Waiting;

    /// <summary>Bytes present.</summary>
    public long Bytes { get; init; }

    /// <summary>What last went wrong; null for nothing.</summary>
    public string? Message { get; init; }

    /// <summary>Times in a row that it went wrong.</summary>
    public int Failures { get; init; }

    /// <summary>When it is tried again; null for as soon as possible.</summary>
    public DateTimeOffset? NextAt { get; init; }

    /// <summary>True while it is still to be brought here.</summary>
    public bool IsOpen => State is PrefetchState.Waiting or PrefetchState.Fetching;
}
