using System.Buffers.Binary;
using System.Numerics;

namespace EdgeGateway.Serial.Protocol.Frames;

/// <summary>CRC-32C (Castagnoli), in hardware where there is any; check value of "123456789" is E3069283 (wire-protocol.md section 2).</summary>
public static class Crc32C
{
    /// <summary>CRC of no bytes: where a running computation starts.</summary>
    public const uint Empty = 0;

    /// <summary>CRC of all bytes at once.</summary>
    public static uint Of(ReadOnlySpan<byte> data) => Append(Empty, data);

    /// <summary>CRC of what <paramref name="crc"/> stands for, followed by <paramref name="data"/>.</summary>
    public static uint Append(uint crc, ReadOnlySpan<byte> data)
    {
        crc = ~crc;
        while (data.Length >= sizeof(ulong))
        {
            crc = BitOperations.Crc32C(crc, BinaryPrimitives.ReadUInt64LittleEndian(data));
            data = data[sizeof(ulong)..];
        }

        foreach (var value in data)
        {
            crc = BitOperations.Crc32C(crc, value);
        }

        return ~crc;
    }
}
