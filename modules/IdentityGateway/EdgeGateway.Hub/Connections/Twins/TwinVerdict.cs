namespace EdgeGateway.Hub.Connections.Twins;

/// <summary>What a twin is, compared with the last one that was accepted.</summary>
internal enum TwinVerdict
{
    /// <summary>A higher desired version, or the first twin.</summary>
    Newer,

    /// <summary>The same desired version.</summary>
    Same,

    /// <summary>An old copy: only the desired version went backwards.</summary>
    Stale,

    /// <summary>No desired version: an edgeHub that never saw the twin. It says nothing, least of all that there is nothing.</summary>
    Unknown,

    /// <summary>Desired and reported versions went backwards: the identity was deleted and created again.</summary>
    Recreated,
}
