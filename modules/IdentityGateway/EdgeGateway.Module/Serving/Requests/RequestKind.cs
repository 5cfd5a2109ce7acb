namespace EdgeGateway.Module.Serving.Requests;

/// <summary>Forms of requests. Names are labels of metrics.</summary>
internal enum RequestKind
{
    /// <summary>Neither of the others.</summary>
    Unknown,

    /// <summary>Content by its digest.</summary>
    Digest,

    /// <summary>What an address holds, as clients of Microsoft Connected Cache ask.</summary>
    Address,
}
