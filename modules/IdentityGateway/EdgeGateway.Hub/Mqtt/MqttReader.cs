using System.Buffers;

namespace EdgeGateway.Hub.Mqtt;

/// <summary>Takes packets off a stream of bytes; for a <see cref="System.IO.Pipelines.PipeReader"/>.</summary>
public static class MqttReader
{
    private const int MaxLengthBytes = 4;

    /// <summary>Takes the next packet.</summary>
    /// <param name="buffer">Bytes received; moved behind the packet where there is one, else left alone.</param>
    /// <param name="maxPacketSize">Largest packet accepted, header included.</param>
    /// <param name="packet">The packet, which owns its bytes; null if it is not complete yet.</param>
    /// <returns>Whether there was a complete packet.</returns>
    /// <exception cref="MqttProtocolException">Malformed, too large, or of quality of service 2.</exception>
    public static bool TryRead(ref ReadOnlySequence<byte> buffer, int maxPacketSize, out MqttPacket? packet)
    {
        packet = null;
        var reader = new SequenceReader<byte>(buffer);
        if (!reader.TryRead(out var first))
        {
            return false;
        }

        var (type, flags) = ReadFirstByte(first);
        if (!TryReadLength(ref reader, out var length))
        {
            return false;
        }

        if (reader.Consumed + length > maxPacketSize)
        {
            throw new MqttProtocolException($"A {type} packet of {reader.Consumed + length} bytes is larger than the {maxPacketSize} bytes accepted.");
        }

        if (reader.Remaining < length)
        {
            return false;
        }

        var body = buffer.Slice(reader.Position, length);
        packet = MqttBodyReader.Read(type, flags, body.ToArray());
        buffer = buffer.Slice(body.End);
        return true;
    }

    private static (MqttPacketType Type, byte Flags) ReadFirstByte(byte first)
    {
        var type = (MqttPacketType)(first >> 4);
        var flags = (byte)(first & 0x0F);
        if (!Enum.IsDefined(type))
        {
            throw new MqttProtocolException($"Packet type {(int)type} is unknown or belongs to quality of service 2.");
        }

        if (type == MqttPacketType.Publish)
        {
            if ((flags & 0b0110) >= 0b0100)
            {
                throw new MqttProtocolException("A message of quality of service 2 or 3 was published; 0 and 1 are supported.");
            }

            return (type, flags);
        }

        var expected = type is MqttPacketType.Subscribe or MqttPacketType.Unsubscribe ? 0b0010 : 0;
        return flags == expected
            ? (type, flags)
            : throw new MqttProtocolException($"Packet {type} has the flags {flags}; they must be {expected}.");
    }

    private static bool TryReadLength(ref SequenceReader<byte> reader, out int length)
    {
        length = 0;
        for (var i = 0; i < MaxLengthBytes; i++)
        {
            if (!reader.TryRead(out var digit))
            {
                return false;
            }

            length |= (digit & 0x7F) << (7 * i);
            if ((digit & 0x80) == 0)
            {
                return true;
            }
        }

        throw new MqttProtocolException("The packet's length has more than four bytes.");
    }
}

/// <summary>The other side sent what MQTT 3.1.1, or IoT Hub's subset of it, does not allow; the connection must be closed.</summary>
public sealed class MqttProtocolException(string message, Exception? inner = null) : Exception(message, inner);
