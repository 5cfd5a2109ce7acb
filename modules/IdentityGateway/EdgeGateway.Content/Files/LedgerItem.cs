
namespace EdgeGateway.Content.Files;

/// <summary>One content of the store, whole or in part.</summary>
internal sealed class LedgerItem(Sha256Digest digest)
{
    /// <summary>Its name.</summary>
    public Sha256Digest Digest { get; } = digest;

    /// <summary>Room it takes, or will take.</summary>
    public long Bytes { get; set; }

    /// <summary>False for a part.</summary>
    public bool Complete { get; set; }

    /// <summary>How many use it; not to be evicted unless 0.</summary>
    public int Pins { get; set; }

    /// <summary>Rises with each use of anything.</summary>
    public long Use { get; set; }
}
