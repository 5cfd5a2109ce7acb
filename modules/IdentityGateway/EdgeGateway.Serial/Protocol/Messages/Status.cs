using EdgeGateway.Serial.Protocol.Transfer;

namespace EdgeGateway.Serial.Protocol.Messages;

/// <summary>A node's answer to every command of an update (wire-protocol.md 4.4).</summary>
public sealed record Status
{
    private const int FixedLength = 12;
    private const int RangeLength = 8;

    public required ResultCode Result { get; init; }

    public required SessionState Session { get; init; }

    /// <summary>When to ask again, in milliseconds; 0 where there is nothing to wait for.</summary>
    public int WaitMilliseconds { get; init; }

    /// <summary>Every byte before this offset is received.</summary>
    public long Next { get; init; }

    /// <summary>Right edge of the window: bytes at this offset and beyond do not fit now.</summary>
    public long Limit { get; init; }

    /// <summary>Ranges received beyond <see cref="Next"/>, ascending.</summary>
    public IReadOnlyList<ByteRange> Ranges { get; init; } = [];

    /// <summary>CRC-32C of the first <see cref="Next"/> bytes, in the answer to OFFER only.</summary>
    public uint? PrefixCrc { get; init; }

    public byte[] ToBody()
    {
        var body = new byte[FixedLength + (Ranges.Count * RangeLength) + (PrefixCrc is null ? 0 : sizeof(uint))];
        var writer = new BodyWriter(body);
        writer.Byte((byte)Result);
        writer.Byte((byte)Session);
        writer.UInt16(WaitMilliseconds);
        writer.UInt32(Next);
        writer.UInt32(Limit);
        if (PrefixCrc is { } crc)
        {
            writer.UInt32(crc);
        }

        foreach (var range in Ranges)
        {
            writer.UInt32(range.Start);
            writer.UInt32(range.End);
        }

        return body;
    }

    /// <summary>Reads the answer to OFFER, which ends with the CRC of the prefix; other answers without one are accepted too (a refusal).</summary>
    public static bool TryReadOfferAnswer(ReadOnlySpan<byte> body, out Status status)
    {
        var hasCrc = body.Length >= FixedLength + sizeof(uint);
        if (!TryRead(body[..Math.Min(body.Length, FixedLength)], out status))
        {
            return false;
        }

        if (hasCrc)
        {
            var reader = new BodyReader(body[FixedLength..]);
            status = status with { PrefixCrc = reader.UInt32() };
        }

        return true;
    }

    /// <summary>Reads a body; false where it is too short, or ranges are out of order.</summary>
    public static bool TryRead(ReadOnlySpan<byte> body, out Status status)
    {
        var reader = new BodyReader(body);
        status = new Status
        {
            Result = (ResultCode)reader.Byte(),
            Session = (SessionState)reader.Byte(),
            WaitMilliseconds = reader.UInt16(),
            Next = reader.UInt32(),
            Limit = reader.UInt32(),
        };
        if (!reader.IsGood || reader.Remaining % RangeLength != 0)
        {
            return false;
        }

        if (reader.Remaining == 0)
        {
            return true;
        }

        var ranges = new ByteRange[reader.Remaining / RangeLength];
        var least = status.Next;
        for (var i = 0; i < ranges.Length; i++)
        {
            long start = reader.UInt32();
            long end = reader.UInt32();
            if (start <= least || end <= start)
            {
                return false;
            }

            ranges[i] = new ByteRange(start, end);
            least = end;
        }

        status = status with { Ranges = ranges };
        return true;
    }
}

/// <summary>How a node took a command (wire-protocol.md 4.4).</summary>
public enum ResultCode : byte
{
    Ok = 0,
    Busy = 1,
    NotSupported = 2,
    Malformed = 3,
    WrongTarget = 4,
    TooLarge = 5,
    WrongState = 6,
    DigestMismatch = 7,
    EraseFailed = 8,
    ProgramFailed = 9,
    VersionRefused = 10,
    NothingToRollBack = 11,
    GoBack = 12,
    SignatureRefused = 13,
}

/// <summary>Where a node's update session stands (wire-protocol.md 4.4).</summary>
public enum SessionState : byte
{
    None = 0,
    Offered = 1,
    Receiving = 2,

    /// <summary>Every byte is in flash.</summary>
    Complete = 3,
    Verified = 4,

    /// <summary>The node resets next.</summary>
    Activated = 5,
}
