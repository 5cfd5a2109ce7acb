namespace EdgeGateway.Simulators.Origin.Faults;

/// <summary>What an origin can do wrong.</summary>
public enum FaultKind
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>Answers 404.</summary>
    NotFound,

    /// <summary>Answers 500.</summary>
    ServerError,

    /// <summary>Takes the request and never answers.</summary>
    Silent,

    /// <summary>Closes the connection after some bytes of the body, or before any answer.</summary>
    Close,

    /// <summary>As <see cref="Close"/>, but after a good piece of each body, so that range requests get through in the end.</summary>
    Flaky,

    /// <summary>The file ends too early, and the answer says so: length and ranges are those of the cut file.</summary>
    TooShort,

    /// <summary>The file goes on behind its end.</summary>
    TooLong,

    /// <summary>Sends so many bytes a second.</summary>
    Slow,

    /// <summary>Knows no ranges: always answers 200 with the whole file.</summary>
    NoRange,
}
