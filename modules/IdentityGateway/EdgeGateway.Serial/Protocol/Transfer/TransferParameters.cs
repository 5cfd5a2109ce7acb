using EdgeGateway.Serial.Protocol.Frames;

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

/// <summary>A frame that the sender wants on the wire now.</summary>
/// <param name="Type">DATA, or POLL with an empty range.</param>
/// <param name="Sequence">Its sequence.</param>
/// <param name="Range">Bytes of the image it carries.</param>
/// <param name="Ask">An answer is wanted.</param>
public readonly record struct SendAction(FrameType Type, byte Sequence, ByteRange Range, bool Ask);

/// <summary>Where a transfer stands.</summary>
public enum TransferOutcome
{
    /// <summary>Under way.</summary>
    Running,

    /// <summary>The node has received every byte.</summary>
    Complete,

    /// <summary>The node does not answer any more.</summary>
    Silent,

    /// <summary>The node refused; <see cref="TransferSender.Refusal"/> says why.</summary>
    Refused,

    /// <summary>The node's answers make no sense.</summary>
    Violated,
}
