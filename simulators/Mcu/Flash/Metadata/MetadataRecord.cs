using System.Buffers.Binary;
using EdgeGateway.Serial.Protocol.Frames;

namespace EdgeGateway.Simulators.Mcu.Flash.Metadata;

/// <summary>
/// One record of the metadata log: mark, kind, sequence, length, payload and CRC in whole program units, then one unit of zeros that decides. A record
/// without that unit does not exist.
/// </summary>
internal readonly record struct MetadataRecord(MetadataRecordKind Kind, uint Sequence, byte[] Payload)
{
    private const ushort Mark = 0x4D52;
    private const int HeaderLength = 12;
    private const int CrcLength = 4;

    /// <summary>Bytes a record takes in flash.</summary>
    public static int LengthInFlash(int payload, int unit) => BodyLength(payload, unit) + unit;

    /// <summary>Everything but the deciding unit, filled up with FF.</summary>
    public byte[] ToBody(int unit)
    {
        var body = new byte[BodyLength(Payload.Length, unit)];
        body.AsSpan().Fill(0xFF);
        BinaryPrimitives.WriteUInt16LittleEndian(body, Mark);
        body[2] = (byte)Kind;
        body[3] = 0;
        BinaryPrimitives.WriteUInt32LittleEndian(body.AsSpan(4), Sequence);
        BinaryPrimitives.WriteInt32LittleEndian(body.AsSpan(8), Payload.Length);
        Payload.CopyTo(body.AsSpan(HeaderLength));
        var crcAt = HeaderLength + Payload.Length;
        BinaryPrimitives.WriteUInt32LittleEndian(body.AsSpan(crcAt), Crc32C.Of(body.AsSpan(0, crcAt)));
        return body;
    }

    /// <summary>Reads a whole, decided record from the start of <paramref name="bank"/>.</summary>
    public static bool TryRead(ReadOnlySpan<byte> bank, int unit, out MetadataRecord record, out int length)
    {
        record = default;
        length = 0;
        if (bank.Length < HeaderLength || BinaryPrimitives.ReadUInt16LittleEndian(bank) != Mark)
        {
            return false;
        }

        var payload = BinaryPrimitives.ReadInt32LittleEndian(bank[8..]);
        if (payload < 0 || payload > bank.Length || LengthInFlash(payload, unit) > bank.Length)
        {
            return false;
        }

        var crcAt = HeaderLength + payload;
        length = LengthInFlash(payload, unit);
        if (BinaryPrimitives.ReadUInt32LittleEndian(bank[crcAt..]) != Crc32C.Of(bank[..crcAt])
            || bank[(length - unit)..length].IndexOfAnyExcept((byte)0) >= 0)
        {
            return false;
        }

        record = new MetadataRecord(
            (MetadataRecordKind)bank[2], BinaryPrimitives.ReadUInt32LittleEndian(bank[4..]), bank[HeaderLength..crcAt].ToArray());
        return true;
    }

    private static int BodyLength(int payload, int unit) => (HeaderLength + payload + CrcLength + unit - 1) / unit * unit;
}
