using System.Buffers.Binary;

namespace EdgeGateway.Serial.Protocol.Frames;

/// <summary>Finds whole frames in the bytes of a line; what is damaged is counted and dropped (wire-protocol.md section 2).</summary>
/// <remarks>Not thread-safe. It keeps at most one frame, however long the garbage is.</remarks>
public sealed class FrameReader
{
    private readonly byte[] _buffer;
    private int _length;
    private bool _overlong;

    /// <param name="maxBody">Longest body in bytes that is accepted.</param>
    public FrameReader(int maxBody) => _buffer = new byte[FrameWriter.MaxWireLength(maxBody)];

    /// <summary>Frames that were dropped for a wrong CRC, broken stuffing or an impossible length.</summary>
    public long DamagedFrames { get; private set; }

    /// <summary>True while bytes of an unfinished frame are held.</summary>
    public bool IsInFrame => _length > 0 || _overlong;

    /// <summary>Takes bytes from the front of <paramref name="input"/> up to the end of the next whole frame, or all of them.</summary>
    /// <returns>True where <paramref name="frame"/> is one; call again for the rest of the input.</returns>
    public bool TryRead(scoped ref ReadOnlySpan<byte> input, out Frame frame)
    {
        while (!input.IsEmpty)
        {
            var end = input.IndexOf((byte)0);
            Keep(end < 0 ? input : input[..end]);
            if (end < 0)
            {
                input = default;
                break;
            }

            input = input[(end + 1)..];
            var encoded = _buffer.AsSpan(0, _length);
            var overlong = _overlong;
            Reset();
            if (encoded.IsEmpty && !overlong)
            {
                continue;
            }

            if (!overlong && TryDecode(encoded, out frame))
            {
                return true;
            }

            DamagedFrames++;
        }

        frame = default;
        return false;
    }

    /// <summary>Forgets an unfinished frame.</summary>
    public void Reset()
    {
        _length = 0;
        _overlong = false;
    }

    private void Keep(ReadOnlySpan<byte> bytes)
    {
        if (_overlong || _length + bytes.Length > _buffer.Length)
        {
            _overlong = true;
            _length = 0;
            return;
        }

        bytes.CopyTo(_buffer.AsSpan(_length));
        _length += bytes.Length;
    }

    private static bool TryDecode(Span<byte> encoded, out Frame frame)
    {
        frame = default;
        var length = Cobs.DecodeInPlace(encoded) - FrameHeader.CrcLength;
        if (length < FrameHeader.Length)
        {
            return false;
        }

        var content = encoded[..length];
        if (BinaryPrimitives.ReadUInt32LittleEndian(encoded[length..]) != Crc32C.Of(content))
        {
            return false;
        }

        frame = new Frame(FrameHeader.Read(content), content[FrameHeader.Length..]);
        return true;
    }
}
