namespace EdgeGateway.Serial.Protocol.Frames;

/// <summary>A frame that arrived whole. <see cref="Body"/> is valid until the reader that made it is used again.</summary>
public readonly ref struct Frame(FrameHeader header, ReadOnlySpan<byte> body)
{
    public FrameHeader Header { get; } = header;

    public ReadOnlySpan<byte> Body { get; } = body;
}

/// <summary>The three bytes before a frame's body (wire-protocol.md section 2).</summary>
/// <param name="Address">The node, in both directions: 1-247, or 0 for the only node of a point-to-point line.</param>
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

/// <summary>What a frame asks, or answers (wire-protocol.md section 3).</summary>
public enum FrameType : byte
{
    Hello = 0x01,
    Ping = 0x02,
    Offer = 0x10,
    Start = 0x11,
    Data = 0x12,
    Poll = 0x13,
    Verify = 0x14,
    Activate = 0x15,
    Confirm = 0x16,
    RollBack = 0x17,
    Abort = 0x18,
    Reset = 0x19,

    /// <summary>Asks the node to make itself noticed; who it is, <see cref="Hello"/> asks.</summary>
    Identify = 0x1A,
    Events = 0x20,
    Property = 0x21,
    Command = 0x22,
}
