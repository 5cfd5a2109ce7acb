using System.Buffers.Binary;
using System.Text;

namespace EdgeGateway.Serial.Protocol.Messages;

/// <summary>Reads little-endian fields of a frame's body; once it runs out of bytes it yields zeros and <see cref="IsGood"/> is false.</summary>
internal ref struct BodyReader(ReadOnlySpan<byte> source)
{
    private ReadOnlySpan<byte> _rest = source;

    public bool IsGood { get; private set; } = true;

    public readonly int Remaining => _rest.Length;

    public byte Byte() => Bytes(1) is { IsEmpty: false } bytes ? bytes[0] : (byte)0;

    public ushort UInt16() => Bytes(sizeof(ushort)) is { IsEmpty: false } bytes ? BinaryPrimitives.ReadUInt16LittleEndian(bytes) : (ushort)0;

    public uint UInt32() => Bytes(sizeof(uint)) is { IsEmpty: false } bytes ? BinaryPrimitives.ReadUInt32LittleEndian(bytes) : 0;

    public Sha256Digest Digest() => Bytes(Sha256Digest.Length) is { IsEmpty: false } bytes ? new Sha256Digest(bytes) : default;

    public string String()
    {
        var length = Byte();
        IsGood &= length <= ProtocolVersion.MaxString;
        return IsGood ? Encoding.UTF8.GetString(Bytes(length)) : "";
    }

    private ReadOnlySpan<byte> Bytes(int count)
    {
        if (!IsGood || _rest.Length < count)
        {
            IsGood = false;
            return default;
        }

        var bytes = _rest[..count];
        _rest = _rest[count..];
        return bytes;
    }
}
