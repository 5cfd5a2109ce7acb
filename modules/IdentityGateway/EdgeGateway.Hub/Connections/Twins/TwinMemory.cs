using System.Text.Json.Nodes;
using EdgeGateway.Hub.Connections.Stores;

namespace EdgeGateway.Hub.Connections.Twins;

/// <summary>
/// What is known of an identity's twin over restarts: the desired state that was last read, and the versions that keep an older one from ever counting
/// again.
/// </summary>
/// <remarks>Thread-safe.</remarks>
internal sealed class TwinMemory
{
    private readonly Lock _lock = new();
    private readonly TwinFile? _file;
    private KeptTwin? _kept;
    private bool _isSaved = true;
    private bool _isTold;

    /// <param name="file">Where it is kept; null for nowhere.</param>
    /// <param name="isFromHub">True where no gateway stands between, which may have old copies.</param>
    public TwinMemory(TwinFile? file, bool isFromHub)
    {
        _file = file;
        _kept = file?.Load();
        if (_kept is { } kept)
        {
            Versions.Restore(kept.DesiredVersion, kept.ReportedVersion, isFromHub);
        }
    }

    /// <summary>Judges twins.</summary>
    public TwinVersions Versions { get; } = new();

    /// <summary>The desired state of an earlier run; null where there is none, it was taken before, or the hub told a twin.</summary>
    public KeptTwin? TakeRemembered()
    {
        lock (_lock)
        {
            var remembered = _isTold || _kept is null ? null : _kept with { Desired = (JsonObject)_kept.Desired.DeepClone() };
            _isTold = true;
            return remembered;
        }
    }

    /// <summary>The hub told a twin that counts.</summary>
    public void OnTwin(TwinDocument twin)
    {
        lock (_lock)
        {
            _isTold = true;
            var isKept = _isSaved && _kept?.DesiredVersion == twin.DesiredVersion && JsonNode.DeepEquals(_kept?.Desired, twin.Desired);
            if (_file is null || twin.DesiredVersion is not { } version || isKept)
            {
                return;
            }

            _kept = new KeptTwin(KeptTwin.CurrentSchema, version, Versions.Reported, (JsonObject)twin.Desired.DeepClone());
            _isSaved = _file.TrySave(_kept);
        }
    }

    /// <summary>Writes what could not be written before, and how far the reported section has got.</summary>
    public void Save()
    {
        lock (_lock)
        {
            if (_file is not null && _kept is { } kept && (!_isSaved || kept.ReportedVersion != Versions.Reported))
            {
                _kept = kept with { ReportedVersion = Versions.Reported };
                _isSaved = _file.TrySave(_kept);
            }
        }
    }
}
