namespace EdgeGateway.Module.Prefetch;

/// <summary>How the fetching ahead of one content stands.</summary>
internal enum PrefetchState
{
    /// <summary>It is its turn later; the message says why if it was tried.</summary>
    Waiting,

    /// <summary>It is on its way.</summary>
    Fetching,

    /// <summary>It is here and kept.</summary>
    Held,

    /// <summary>Somebody has used it, or its time is over: it is content like any other now.</summary>
    Ended,

    /// <summary>It was given up.</summary>
    Failed,
}
