namespace EdgeGateway.Hub.Connections.Twins;

/// <summary>What a twin is, compared with the last one that was accepted.</summary>
internal enum TwinVerdict
{
    /// <summary>A higher desired version, or the first twin.</summary>
    Newer,

    /// <summary>The same desired version.</summary>
    Same,

    /// <summary>An old copy: only the desired version went backwards, or the copy knows none.</summary>
    Stale,

    /// <summary>Desired and reported versions went backwards: the identity was deleted and created again.</summary>
    Recreated,
}
