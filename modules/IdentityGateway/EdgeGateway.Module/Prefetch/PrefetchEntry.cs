using EdgeGateway.Content;

namespace EdgeGateway.Module.Prefetch;

/// <summary>One content that is fetched ahead.</summary>
/// <param name="Operation">The order that it belongs to.</param>
/// <param name="Content">What, how long and from where.</param>
/// <param name="Until">When the retention ends if the content is not used.</param>
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

/// <summary>How the fetching ahead of one content stands.</summary>
internal enum PrefetchState
{
    /// <summary>It is its turn later; the message says why if it was tried.</summary>
    Waiting,

    /// <summary>It is on its way.</summary>
    Fetching,

    /// <summary>It is here and kept.</summary>
    Held,

    /// <summary>The content was used, or its time is over: it is content like any other now.</summary>
    Ended,

    /// <summary>It was given up.</summary>
    Failed,
}

/// <summary>What is to be fetched ahead.</summary>
/// <param name="Contents">The contents, each once.</param>
/// <param name="Days">How long the content is retained if it is not used, in days.</param>
internal sealed record PrefetchOrder(IReadOnlyList<ContentReference> Contents, int Days);

/// <summary>Tells progress at once, on the thread that makes it.</summary>
internal sealed class PrefetchProgress(Action<long> report) : IProgress<long>
{
    public void Report(long value) => report(value);
}
