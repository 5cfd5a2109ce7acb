namespace EdgeGateway.Content;

/// <summary>Why content could not be made present.</summary>
public enum ContentFailure
{
    /// <summary>The origin does not have it (404, 410) or refuses (401, 403).</summary>
    NotFound,

    /// <summary>No connection, a server error, or a body that ended early: worth another try.</summary>
    Unreachable,

    /// <summary>Slower than the least rate allowed for too long: worth another try.</summary>
    TooSlow,

    /// <summary>Longer or shorter than announced.</summary>
    WrongSize,

    /// <summary>Not the announced content.</summary>
    WrongDigest,

    /// <summary>The content does not fit into the store.</summary>
    StoreFull,

    /// <summary>The disk is full or broken.</summary>
    Disk,
}
