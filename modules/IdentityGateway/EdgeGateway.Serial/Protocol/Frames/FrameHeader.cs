namespace EdgeGateway.Serial.Protocol.Frames;

/// <summary>The three bytes before a frame's body (wire-protocol.md section 2).</summary>
/// <param name="Address">The node, whoever sends: 1-247, or 0 for "whoever is there" on a point-to-point line.</param>
/// <param name="Type">What is asked or answered.</param>
/// <param name="Sequence">Count of the gateway's frames, modulo 256; an answer repeats that of the question.</param>
/// <param name="Ask">An answer is wanted.</param>
/// <param name="FromNode">The frame is an answer.</param>
public readonly record struct FrameHeader(byte Address, FrameType Type, byte Sequence, bool Ask = false, bool FromNode = false)
{
    /// <summary>Bytes of the header.</summary>
    public const int Length = 3;

    /// <summary>Bytes of the CRC behind the body.</summary>
    public const int CrcLength = 4;

    /// <summary>Highest address of a node.</summary>
    public const byte MaxAddress = 247;

    private const byte FromNodeBit = 0x80;
    private const byte AskBit = 0x40;
    private const byte TypeMask = 0x3F;

    internal byte Control => (byte)((FromNode ? FromNodeBit : 0) | (Ask ? AskBit : 0) | (byte)Type);

    internal static FrameHeader Read(ReadOnlySpan<byte> frame) => new(
        frame[0], (FrameType)(frame[1] & TypeMask), frame[2], (frame[1] & AskBit) != 0, (frame[1] & FromNodeBit) != 0);

    /// <summary>The header of the answer to this frame, from the node at <paramref name="address"/>.</summary>
    public FrameHeader Answer(byte address) => new(address, Type, Sequence, Ask: false, FromNode: true);
}
