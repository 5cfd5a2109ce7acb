namespace EdgeGateway.Hub.Connections.Twins;

/// <summary>
/// Judges twins and patches by their versions. Versions only grow while an identity exists. An edgeHub that is cut off may serve an old copy, or one
/// without versions; that must never look like a change.
/// </summary>
/// <remarks>Thread-safe.</remarks>
internal sealed class TwinVersions
{
    private readonly Lock _lock = new();
    private long? _desired;
    private long? _reported;
    private long? _announced;
    private bool _isOfHubItself;

    /// <summary>Version of the reported section that was last heard of; null where none was.</summary>
    public long? Reported
    {
        get
        {
            lock (_lock)
            {
                return _reported;
            }
        }
    }

    /// <summary>Takes the versions that were known before a restart.</summary>
    /// <param name="desired">Of the desired section.</param>
    /// <param name="reported">Of the reported section, which may have grown since.</param>
    /// <param name="isFromHub">
    /// True where the next twin comes from the hub itself, which has no old copies: if its version is lower, the identity was created again meanwhile.
    /// </param>
    public void Restore(long desired, long? reported, bool isFromHub)
    {
        lock (_lock)
        {
            (_desired, _reported, _isOfHubItself) = (desired, reported, isFromHub);
        }
    }

    /// <summary>A patch was announced.</summary>
    /// <returns>How many versions before it were never announced nor read; 0 if it follows in order, negative if it is not newer.</returns>
    public long OnPatch(long version)
    {
        lock (_lock)
        {
            var known = Math.Max(_desired ?? 0, _announced ?? 0);
            _announced = Math.Max(version, _announced ?? 0);
            return _desired is null ? 0 : version - known - 1;
        }
    }

    /// <summary>The hub told the version of the reported section.</summary>
    public void OnReported(long version)
    {
        lock (_lock)
        {
            _reported = version;
        }
    }

    /// <summary>Judges a twin, and remembers it unless it is stale or unknown.</summary>
    public TwinChange OnTwin(TwinDocument twin)
    {
        lock (_lock)
        {
            var verdict = Judge(twin);
            if (verdict is not (TwinChange.Stale or TwinChange.Unknown))
            {
                _desired = twin.DesiredVersion ?? _desired;
                _reported = twin.ReportedVersion ?? _reported;
            }

            _isOfHubItself &= verdict is TwinChange.Unknown;
            if (verdict == TwinChange.Recreated)
            {
                _announced = null;
            }

            return verdict;
        }
    }

    /// <summary>Whether a patch announced a higher version than was read so far.</summary>
    public bool IsBehind
    {
        get
        {
            lock (_lock)
            {
                return _announced > (_desired ?? 0);
            }
        }
    }

    /// <summary>Whether this is the desired version that was read last.</summary>
    public bool IsRead(long version)
    {
        lock (_lock)
        {
            return _desired == version;
        }
    }

    private TwinChange Judge(TwinDocument twin)
    {
        if (twin.DesiredVersion is not { } desired)
        {
            return TwinChange.Unknown;
        }

        if (_desired is not { } known)
        {
            return TwinChange.Newer;
        }

        return desired > known ? TwinChange.Newer
            : desired == known ? TwinChange.Same
            : twin.ReportedVersion < _reported || _isOfHubItself ? TwinChange.Recreated
            : TwinChange.Stale;
    }
}

/// <summary>What a twin is, compared with the last one that was accepted.</summary>
internal enum TwinChange
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
