namespace EdgeGateway.Serial.Protocol.Messages;

/// <summary>What a node is: the answer to <see cref="Hello"/> (wire-protocol.md 4.1).</summary>
public sealed record Info
{
    private const byte HalfDuplexFlag = 0x01;
    private const byte CanRollBackFlag = 0x02;
    private const int FixedLength = 55;
    private const int Strings = 5;
    private const int BootTimeUnitMilliseconds = 10;

    public required byte Version { get; init; }

    public required BootState BootState { get; init; }

    /// <summary>0 for A, 1 for B, 255 in recovery.</summary>
    public required byte RunningSlot { get; init; }

    public bool HalfDuplex { get; init; }

    public bool CanRollBack { get; init; }

    /// <summary>Longest DATA payload in bytes.</summary>
    public required int MaxPayload { get; init; }

    /// <summary>Receive memory in bytes.</summary>
    public required long Window { get; init; }

    /// <summary>Ranges kept beyond a gap; 0 for a node that goes back.</summary>
    public required byte MaxRanges { get; init; }

    public required long SlotSize { get; init; }

    public required long EraseBlock { get; init; }

    public required int ProgramUnit { get; init; }

    /// <summary>Reset to first answer; on the wire in units of 10 ms, at most 655 s.</summary>
    public required TimeSpan BootTime { get; init; }

    public required Sha256Digest RunningDigest { get; init; }

    public required string Vendor { get; init; }

    public required string Model { get; init; }

    public required string HardwareRevision { get; init; }

    public required string SerialNumber { get; init; }

    public required string RunningVersion { get; init; }

    public byte[] ToBody()
    {
        var body = new byte[FixedLength + (Strings * (1 + ProtocolVersion.MaxString))];
        var writer = new BodyWriter(body);
        writer.Byte(Version);
        writer.Byte((byte)BootState);
        writer.Byte(RunningSlot);
        writer.Byte((byte)((HalfDuplex ? HalfDuplexFlag : 0) | (CanRollBack ? CanRollBackFlag : 0)));
        writer.UInt16(MaxPayload);
        writer.UInt32(Window);
        writer.Byte(MaxRanges);
        writer.UInt32(SlotSize);
        writer.UInt32(EraseBlock);
        writer.UInt16(ProgramUnit);
        writer.UInt16((int)(BootTime.TotalMilliseconds / BootTimeUnitMilliseconds));
        writer.Bytes(RunningDigest.Bytes);
        writer.String(Vendor);
        writer.String(Model);
        writer.String(HardwareRevision);
        writer.String(SerialNumber);
        writer.String(RunningVersion);
        return body[..writer.Length];
    }

    /// <summary>Reads a body; false where it is too short or a value is out of its range.</summary>
    public static bool TryRead(ReadOnlySpan<byte> body, out Info info)
    {
        var reader = new BodyReader(body);
        var version = reader.Byte();
        var bootState = reader.Byte();
        var slot = reader.Byte();
        var flags = reader.Byte();
        info = new Info
        {
            Version = version,
            BootState = (BootState)bootState,
            RunningSlot = slot,
            HalfDuplex = (flags & HalfDuplexFlag) != 0,
            CanRollBack = (flags & CanRollBackFlag) != 0,
            MaxPayload = reader.UInt16(),
            Window = reader.UInt32(),
            MaxRanges = reader.Byte(),
            SlotSize = reader.UInt32(),
            EraseBlock = reader.UInt32(),
            ProgramUnit = reader.UInt16(),
            BootTime = TimeSpan.FromMilliseconds(reader.UInt16() * BootTimeUnitMilliseconds),
            RunningDigest = reader.Digest(),
            Vendor = reader.String(),
            Model = reader.String(),
            HardwareRevision = reader.String(),
            SerialNumber = reader.String(),
            RunningVersion = reader.String(),
        };

        return reader.IsGood
            && Enum.IsDefined(info.BootState)
            && info.MaxPayload is >= ProtocolVersion.LeastMaxPayload and <= ProtocolVersion.GreatestMaxPayload
            && info.Window >= info.MaxPayload;
    }
}
