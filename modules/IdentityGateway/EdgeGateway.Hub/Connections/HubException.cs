namespace EdgeGateway.Hub.Connections;

/// <summary>The hub did not do what was asked; <see cref="Failure"/> says what kind of reason it was.</summary>
public sealed class HubException(HubFailure failure, string message, Exception? inner = null) : Exception(message, inner)
{
    public HubFailure Failure { get; } = failure;
}

/// <summary>Why the hub did not do what was asked, split by what the caller can do.</summary>
public enum HubFailure
{
    /// <summary>No route to the hub, TLS failed, or the connection dropped: it is tried again.</summary>
    Unreachable,

    /// <summary>The token or identity was refused: correct the credentials. It is tried again slowly.</summary>
    Unauthorized,

    /// <summary>The certificate of the hub is not trusted: correct the CA file.</summary>
    Untrusted,

    /// <summary>Too many requests: tried again later.</summary>
    Throttled,

    /// <summary>The hub refused the content of a request (status 400, 413): repeating it would not help.</summary>
    BadRequest,

    /// <summary>No answer in time.</summary>
    TimedOut,

    /// <summary>Another client connected with this identity.</summary>
    Replaced,

    /// <summary>The gateway host closes every connect unanswered: most likely it has as many clients as it takes. Tried again slowly.</summary>
    GatewayFull,

    /// <summary>The hub broke the protocol, or answered with an unknown status.</summary>
    ProtocolError,
}
