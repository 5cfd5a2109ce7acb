namespace EdgeGateway.Simulators.Origin.Faults;

/// <summary>A kind of fault of the origin.</summary>
public enum FaultKind
{
    /// <summary>No fault.</summary>
    None,

    /// <summary>Answers 404.</summary>
    NotFound,

    /// <summary>Answers 500.</summary>
    ServerError,

    /// <summary>Reads the request and never answers.</summary>
    Silent,

    /// <summary>Closes the connection after some bytes of the body, or before any answer.</summary>
    Close,

    /// <summary>As <see cref="Close"/>, but after 64 KB of each body, so that range requests get the whole file in the end.</summary>
    Flaky,

    /// <summary>The file ends too early, and the answer says so: length and ranges are those of the cut file.</summary>
    TooShort,

    /// <summary>The answer has more bytes than the file.</summary>
    TooLong,

    /// <summary>Sends so many bytes a second.</summary>
    Slow,

    /// <summary>Ignores ranges: always answers 200 with the whole file.</summary>
    NoRange,
}
