using System.Buffers.Binary;
using System.Text;

namespace EdgeGateway.Serial.Protocol.Messages;

/// <summary>Writes little-endian fields of a frame's body into memory that is large enough.</summary>
internal ref struct BodyWriter(Span<byte> destination)
{
    private readonly Span<byte> _destination = destination;

    public int Length { get; private set; }

    public void Byte(byte value) => _destination[Length++] = value;

    public void UInt16(int value)
    {
        BinaryPrimitives.WriteUInt16LittleEndian(_destination[Length..], checked((ushort)value));
        Length += sizeof(ushort);
    }

    public void UInt32(long value)
    {
        BinaryPrimitives.WriteUInt32LittleEndian(_destination[Length..], checked((uint)value));
        Length += sizeof(uint);
    }

    public void Bytes(ReadOnlySpan<byte> value)
    {
        value.CopyTo(_destination[Length..]);
        Length += value.Length;
    }

    /// <summary>A length byte and UTF-8, cut at 64 bytes on a character's boundary.</summary>
    public void String(string value)
    {
        var room = _destination.Slice(Length + 1, Math.Min(ProtocolVersion.MaxString, _destination.Length - Length - 1));
        Encoding.UTF8.GetEncoder().Convert(value, room, flush: true, out _, out var used, out _);
        _destination[Length] = (byte)used;
        Length += 1 + used;
    }
}
