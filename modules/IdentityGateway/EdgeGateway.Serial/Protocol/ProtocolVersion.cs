namespace EdgeGateway.Serial.Protocol;

/// <summary>Versions and limits of the wire protocol.</summary>
public static class ProtocolVersion
{
    /// <summary>Oldest version spoken.</summary>
    public const byte Oldest = 1;

    /// <summary>Newest version spoken.</summary>
    public const byte Newest = 1;

    /// <summary>No version in common, in INFO.</summary>
    public const byte None = 0;

    /// <summary>Least payload of a DATA frame that a node must accept, in bytes.</summary>
    public const int LeastMaxPayload = 16;

    /// <summary>Largest payload of a DATA frame that may be negotiated, in bytes.</summary>
    public const int GreatestMaxPayload = 4096;

    /// <summary>Longest body of any frame in bytes.</summary>
    public const int MaxBody = GreatestMaxPayload + sizeof(uint);

    /// <summary>Longest string in bytes.</summary>
    public const int MaxString = 64;

    /// <summary>Most frames of the gateway that may be unanswered at once, so that sequences stay unambiguous.</summary>
    public const int MaxFramesInFlight = 120;
}
