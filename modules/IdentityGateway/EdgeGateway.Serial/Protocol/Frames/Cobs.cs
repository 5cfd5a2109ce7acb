namespace EdgeGateway.Serial.Protocol.Frames;

/// <summary>Consistent Overhead Byte Stuffing (Cheshire and Baker, 1999): removes every zero from a frame, so that a zero can end it.</summary>
public static class Cobs
{
    private const int LongestRun = 254;

    /// <summary>Most bytes that <paramref name="length"/> bytes can take when encoded.</summary>
    public static int MaxEncodedLength(int length) => length + (length / LongestRun) + 1;

    /// <summary>Encodes without a final zero; <paramref name="destination"/> holds <see cref="MaxEncodedLength"/> at least.</summary>
    /// <returns>Bytes written.</returns>
    public static int Encode(ReadOnlySpan<byte> source, Span<byte> destination)
    {
        var written = 0;
        while (true)
        {
            var window = source[..Math.Min(source.Length, LongestRun)];
            var run = window.IndexOf((byte)0);
            var length = run < 0 ? window.Length : run;
            destination[written] = (byte)(length + 1);
            source[..length].CopyTo(destination[(written + 1)..]);
            written += length + 1;
            if (run >= 0)
            {
                source = source[(length + 1)..]; // the zero is implied; what follows it, even nothing, needs a run of its own
                continue;
            }

            source = source[length..];
            if (source.IsEmpty)
            {
                return written;
            }
        }
    }

    /// <summary>Decodes in place what stood before the zero.</summary>
    /// <returns>Length of the decoded bytes at the start of <paramref name="buffer"/>; -1 where the stuffing is broken.</returns>
    public static int DecodeInPlace(Span<byte> buffer)
    {
        var read = 0;
        var written = 0;
        while (read < buffer.Length)
        {
            int code = buffer[read++];
            var length = code - 1;
            if (code == 0 || read + length > buffer.Length)
            {
                return -1;
            }

            buffer.Slice(read, length).CopyTo(buffer[written..]);
            read += length;
            written += length;
            if (length < LongestRun && read < buffer.Length)
            {
                buffer[written++] = 0;
            }
        }

        return written;
    }
}
