namespace EdgeGateway.Content.Sources.Order;

/// <summary>What a source is avoided for.</summary>
public enum SourceFault
{
    /// <summary>No connection, no answer, a server error, or silence in mid-content: links come back.</summary>
    Unreachable,

    /// <summary>It asked to be left alone for a while (503 or 429 with Retry-After).</summary>
    Busy,

    /// <summary>It sends, and too little.</summary>
    TooSlow,

    /// <summary>It refuses this gateway (<see cref="SourceRefusal"/>).</summary>
    Refused,

    /// <summary>It sent other bytes than those of the digest, or another number of them.</summary>
    WrongContent,
}
