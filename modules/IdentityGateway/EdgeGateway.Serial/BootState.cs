namespace EdgeGateway.Serial;

/// <summary>How the running image came to run. The values are those of the wire (wire-protocol.md 4.1).</summary>
public enum BootState : byte
{
    /// <summary>Permanent.</summary>
    Confirmed = 0,

    /// <summary>On probation: a reset without confirmation brings the image before back.</summary>
    Trial = 1,

    /// <summary>The last trial failed; this is the image before it.</summary>
    RolledBack = 2,

    /// <summary>No image boots; the loader answers.</summary>
    Recovery = 3,
}
