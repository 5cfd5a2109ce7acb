namespace EdgeGateway.Serial.Protocol.Transfer;

/// <summary>What a transfer is about, as agreed with the node.</summary>
public sealed record TransferParameters
{
    /// <summary>Bytes of the image.</summary>
    public required long Size { get; init; }

    /// <summary>First byte to send; the node holds those before.</summary>
    public long StartOffset { get; init; }

    /// <summary>Longest DATA payload the node takes.</summary>
    public required int MaxPayload { get; init; }

    /// <summary>The node's receive memory in bytes.</summary>
    public required long Window { get; init; }

    /// <summary>True on a bus: the last frame of a burst asks, then the gateway listens.</summary>
    public bool HalfDuplex { get; init; }

    /// <summary>Rate of the line; null where it is not known.</summary>
    public double? BytesPerSecond { get; init; }
}
