namespace EdgeGateway.Module.Serving.Access;

/// <summary>Why somebody is not served. Names are labels of metrics.</summary>
internal enum AccessDenial
{
    /// <summary>Neither token nor certificate.</summary>
    NoCredentials,

    /// <summary>The header is no token, or names something twice.</summary>
    Malformed,

    /// <summary>The token is for another hub, or for something else than a module of an edge device.</summary>
    WrongScope,

    /// <summary>No key of the child is known.</summary>
    UnknownChild,

    /// <summary>Made with another key.</summary>
    WrongKey,

    /// <summary>The token's time is over.</summary>
    Expired,

    /// <summary>The certificate does not chain to whom this gateway trusts, or names no child.</summary>
    Untrusted,

    /// <summary>The child is who it says, and not among those that are served.</summary>
    NotAllowed,

    /// <summary>The keys of children cannot be read.</summary>
    NoKeys,

    /// <summary>An origin that is not allowed.</summary>
    Origin,

    /// <summary>More requests at once than one may have.</summary>
    TooMany,

    /// <summary>The request has come through this gateway before.</summary>
    Loop,
}
