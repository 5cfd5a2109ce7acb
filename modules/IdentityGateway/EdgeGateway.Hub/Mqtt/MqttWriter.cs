using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace EdgeGateway.Hub.Mqtt;

/// <summary>Writes packets as bytes.</summary>
public static class MqttWriter
{
    private const int MaxLength = 268_435_455;

    /// <summary>Writes one packet.</summary>
    /// <exception cref="MqttProtocolException">The packet breaks a rule of the protocol.</exception>
    public static void Write(IBufferWriter<byte> output, MqttPacket packet)
    {
        switch (packet)
        {
            case ConnectPacket p:
                WriteConnect(output, p);
                break;
            case ConnAckPacket p:
                Write(output, MqttPacketType.ConnAck, [p.SessionPresent ? (byte)1 : (byte)0, (byte)p.ReturnCode]);
                break;
            case PublishPacket p:
                WritePublish(output, p);
                break;
            case PubAckPacket p:
                Write(output, MqttPacketType.PubAck, PacketId(p.PacketId));
                break;
            case SubscribePacket p:
                WriteSubscribe(output, p);
                break;
            case SubAckPacket p:
                Write(output, MqttPacketType.SubAck, [.. PacketId(p.PacketId), .. p.ReturnCodes]);
                break;
            case UnsubscribePacket p:
                WriteUnsubscribe(output, p);
                break;
            case UnsubAckPacket p:
                Write(output, MqttPacketType.UnsubAck, PacketId(p.PacketId));
                break;
            case PingReqPacket:
                Write(output, MqttPacketType.PingReq, []);
                break;
            case PingRespPacket:
                Write(output, MqttPacketType.PingResp, []);
                break;
            case DisconnectPacket:
                Write(output, MqttPacketType.Disconnect, []);
                break;
            default:
                throw new ArgumentException($"Packet {packet.GetType().Name} is unknown.", nameof(packet));
        }
    }

    private static void WriteConnect(IBufferWriter<byte> output, ConnectPacket p)
    {
        if (p.Password is not null && p.UserName is null)
        {
            throw new MqttProtocolException("A connect has a password but no user name.");
        }

        var flags = (p.CleanSession ? 2 : 0) | (p.Password is null ? 0 : 0x40) | (p.UserName is null ? 0 : 0x80);
        var length = 10 + StringLength(p.ClientId) + StringLength(p.UserName) + StringLength(p.Password);
        if (p.Will is { } will)
        {
            MqttText.CheckTopic(will.Topic);
            CheckQos(will.Qos);
            flags |= 4 | ((int)will.Qos << 3) | (will.Retain ? 0x20 : 0);
            length += StringLength(will.Topic) + 2 + will.Payload.Length;
        }

        WriteHeader(output, MqttPacketType.Connect, 0, length);
        WriteString(output, "MQTT");
        output.Write<byte>([4, (byte)flags]);
        WriteUInt16(output, p.KeepAliveSeconds);
        WriteString(output, p.ClientId);
        if (p.Will is not null)
        {
            WriteString(output, p.Will.Topic);
            WriteUInt16(output, checked((ushort)p.Will.Payload.Length));
            output.Write(p.Will.Payload.Span);
        }

        WriteString(output, p.UserName);
        WriteString(output, p.Password);
    }

    private static void WritePublish(IBufferWriter<byte> output, PublishPacket p)
    {
        MqttText.CheckTopic(p.Topic);
        CheckQos(p.Qos);
        var acknowledged = p.Qos == MqttQos.AtLeastOnce;
        var flags = (p.Duplicate && acknowledged ? 8 : 0) | ((int)p.Qos << 1) | (p.Retain ? 1 : 0);
        WriteHeader(output, MqttPacketType.Publish, flags, StringLength(p.Topic) + (acknowledged ? 2 : 0) + p.Payload.Length);
        WriteString(output, p.Topic);
        if (acknowledged)
        {
            output.Write(PacketId(p.PacketId));
        }

        output.Write(p.Payload.Span);
    }

    private static void WriteSubscribe(IBufferWriter<byte> output, SubscribePacket p)
    {
        CheckNotEmpty(p.Subscriptions.Count);
        WriteHeader(output, MqttPacketType.Subscribe, 2, 2 + p.Subscriptions.Sum(s => StringLength(s.Filter) + 1));
        output.Write(PacketId(p.PacketId));
        foreach (var subscription in p.Subscriptions)
        {
            MqttText.CheckFilter(subscription.Filter);
            WriteString(output, subscription.Filter);
            output.Write<byte>([(byte)subscription.Qos]);
        }
    }

    private static void WriteUnsubscribe(IBufferWriter<byte> output, UnsubscribePacket p)
    {
        CheckNotEmpty(p.Filters.Count);
        WriteHeader(output, MqttPacketType.Unsubscribe, 2, 2 + p.Filters.Sum(StringLength));
        output.Write(PacketId(p.PacketId));
        foreach (var filter in p.Filters)
        {
            MqttText.CheckFilter(filter);
            WriteString(output, filter);
        }
    }

    private static void Write(IBufferWriter<byte> output, MqttPacketType type, ReadOnlySpan<byte> body)
    {
        WriteHeader(output, type, 0, body.Length);
        output.Write(body);
    }

    private static void WriteHeader(IBufferWriter<byte> output, MqttPacketType type, int flags, int length)
    {
        if (length > MaxLength)
        {
            throw new MqttProtocolException($"A {type} packet of {length} bytes is larger than MQTT's limit of {MaxLength}.");
        }

        Span<byte> header = stackalloc byte[5];
        header[0] = (byte)(((int)type << 4) | flags);
        var at = 1;
        do
        {
            header[at++] = (byte)((length & 0x7F) | (length > 0x7F ? 0x80 : 0));
            length >>= 7;
        }
        while (length > 0);
        output.Write(header[..at]);
    }

    private static int StringLength(string? text)
    {
        if (text is null)
        {
            return 0;
        }

        var length = MqttText.CountBytes(text);
        return length <= MqttText.MaxBytes
            ? 2 + length
            : throw new MqttProtocolException($"A string of {length} bytes is longer than MQTT's limit of {MqttText.MaxBytes}.");
    }

    private static void WriteString(IBufferWriter<byte> output, string? text)
    {
        if (text is not null)
        {
            WriteUInt16(output, (ushort)MqttText.Utf8.GetByteCount(text));
            MqttText.Utf8.GetBytes(text.AsSpan(), output);
        }
    }

    private static void WriteUInt16(IBufferWriter<byte> output, ushort value)
    {
        BinaryPrimitives.WriteUInt16BigEndian(output.GetSpan(2), value);
        output.Advance(2);
    }

    private static byte[] PacketId(ushort id) => id != 0
        ? [(byte)(id >> 8), (byte)id]
        : throw new MqttProtocolException("Packet id 0 was to be sent; it must be 1 to 65535.");

    private static void CheckQos(MqttQos qos)
    {
        if (qos > MqttQos.AtLeastOnce)
        {
            throw new MqttProtocolException("Quality of service 2 is not supported by IoT Hub.");
        }
    }

    private static void CheckNotEmpty(int count)
    {
        if (count == 0)
        {
            throw new MqttProtocolException("A subscribe or unsubscribe needs at least one filter.");
        }
    }
}
