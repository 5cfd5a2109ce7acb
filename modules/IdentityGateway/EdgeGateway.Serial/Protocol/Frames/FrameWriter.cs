using System.Buffers;
using System.Buffers.Binary;

namespace EdgeGateway.Serial.Protocol.Frames;

/// <summary>Puts frames on the wire: header, body, CRC, stuffing, final zero.</summary>
/// <remarks>Not thread-safe; keep one a sender, its scratch memory is reused.</remarks>
public sealed class FrameWriter
{
    private byte[] _scratch = new byte[256];

    /// <summary>Most bytes a frame with a body of <paramref name="bodyLength"/> bytes takes on the wire.</summary>
    public static int MaxWireLength(int bodyLength) =>
        Cobs.MaxEncodedLength(FrameHeader.Length + bodyLength + FrameHeader.CrcLength) + 1;

    /// <summary>Appends a frame to <paramref name="output"/>.</summary>
    /// <returns>Bytes appended.</returns>
    public int Write(IBufferWriter<byte> output, FrameHeader header, ReadOnlySpan<byte> body)
    {
        var length = FrameHeader.Length + body.Length;
        if (_scratch.Length < length + FrameHeader.CrcLength)
        {
            _scratch = new byte[length + FrameHeader.CrcLength];
        }

        _scratch[0] = header.Address;
        _scratch[1] = header.Control;
        _scratch[2] = header.Sequence;
        body.CopyTo(_scratch.AsSpan(FrameHeader.Length));
        BinaryPrimitives.WriteUInt32LittleEndian(_scratch.AsSpan(length), Crc32C.Of(_scratch.AsSpan(0, length)));

        var wire = output.GetSpan(MaxWireLength(body.Length));
        var written = Cobs.Encode(_scratch.AsSpan(0, length + FrameHeader.CrcLength), wire);
        wire[written++] = 0;
        output.Advance(written);
        return written;
    }

    /// <summary>Appends the zero that cuts off noise before the first frame after an idle line.</summary>
    public static int WriteBreak(IBufferWriter<byte> output)
    {
        output.GetSpan(1)[0] = 0;
        output.Advance(1);
        return 1;
    }
}
