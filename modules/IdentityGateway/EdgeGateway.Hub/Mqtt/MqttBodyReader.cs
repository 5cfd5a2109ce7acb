using System.Buffers.Binary;
using System.Text;

namespace EdgeGateway.Hub.Mqtt;

/// <summary>Reads what follows the fixed header of a packet.</summary>
internal ref struct MqttBodyReader
{
    private readonly byte[] _body;
    private readonly MqttPacketType _type;
    private int _at;

    private MqttBodyReader(MqttPacketType type, byte[] body)
    {
        _type = type;
        _body = body;
    }

    private readonly bool AtEnd => _at == _body.Length;

    public static MqttPacket Read(MqttPacketType type, byte flags, byte[] body)
    {
        var reader = new MqttBodyReader(type, body);
        MqttPacket packet = type switch
        {
            MqttPacketType.Connect => reader.ReadConnect(),
            MqttPacketType.ConnAck => reader.ReadConnAck(),
            MqttPacketType.Publish => reader.ReadPublish(flags),
            MqttPacketType.PubAck => new PubAckPacket(reader.ReadPacketId()),
            MqttPacketType.Subscribe => reader.ReadSubscribe(),
            MqttPacketType.SubAck => reader.ReadSubAck(),
            MqttPacketType.Unsubscribe => reader.ReadUnsubscribe(),
            MqttPacketType.UnsubAck => new UnsubAckPacket(reader.ReadPacketId()),
            MqttPacketType.PingReq => new PingReqPacket(),
            MqttPacketType.PingResp => new PingRespPacket(),
            MqttPacketType.Disconnect => new DisconnectPacket(),
            _ => throw new ArgumentOutOfRangeException(nameof(type), type, "Not a packet type."),
        };
        return reader.AtEnd ? packet : throw reader.Malformed($"{body.Length - reader._at} bytes too many");
    }

    private ConnectPacket ReadConnect()
    {
        var protocol = ReadString();
        var level = ReadByte();
        if (protocol != "MQTT" || level != 4)
        {
            throw Malformed($"protocol '{protocol}' level {level}; MQTT 3.1.1 is 'MQTT' level 4");
        }

        var flags = ReadByte();
        var (clean, hasWill, willQos, willRetain) = ((flags & 2) != 0, (flags & 4) != 0, (flags >> 3) & 3, (flags & 0x20) != 0);
        var (hasPassword, hasUser) = ((flags & 0x40) != 0, (flags & 0x80) != 0);
        if ((flags & 1) != 0 || willQos > 1 || (!hasWill && (willQos > 0 || willRetain)) || (hasPassword && !hasUser))
        {
            throw Malformed($"connect flags 0x{flags:X2} contradict each other or ask for quality of service 2");
        }

        var keepAlive = ReadUInt16();
        var clientId = ReadString();
        PublishPacket? will = null;
        if (hasWill)
        {
            var topic = ReadString();
            MqttText.CheckTopic(topic);
            will = new PublishPacket(topic, ReadBytes()) { Qos = (MqttQos)willQos, Retain = willRetain };
        }

        return new ConnectPacket(clientId, clean, keepAlive)
        {
            Will = will,
            UserName = hasUser ? ReadString() : null,
            Password = hasPassword ? ReadString() : null,
        };
    }

    private ConnAckPacket ReadConnAck()
    {
        var flags = ReadByte();
        var code = ReadByte();
        if (flags > 1 || code > (byte)ConnectReturnCode.NotAuthorized || (flags == 1 && code != 0))
        {
            throw Malformed($"flags {flags} with return code {code}");
        }

        return new ConnAckPacket(flags == 1, (ConnectReturnCode)code);
    }

    private PublishPacket ReadPublish(byte flags)
    {
        var qos = (MqttQos)((flags >> 1) & 3);
        var duplicate = (flags & 8) != 0;
        if (duplicate && qos == MqttQos.AtMostOnce)
        {
            throw Malformed("marked as a duplicate with quality of service 0");
        }

        var topic = ReadString();
        MqttText.CheckTopic(topic);
        var packetId = qos == MqttQos.AtMostOnce ? (ushort)0 : ReadPacketId();
        var payload = _body.AsMemory(_at);
        _at = _body.Length;
        return new PublishPacket(topic, payload) { Qos = qos, PacketId = packetId, Duplicate = duplicate, Retain = (flags & 1) != 0 };
    }

    private SubscribePacket ReadSubscribe()
    {
        var id = ReadPacketId();
        var subscriptions = new List<MqttSubscription>();
        do
        {
            var filter = ReadString();
            MqttText.CheckFilter(filter);
            var qos = ReadByte();
            subscriptions.Add(qos <= 2 ? new MqttSubscription(filter, (MqttQos)qos) : throw Malformed($"quality of service {qos}"));
        }
        while (!AtEnd);
        return new SubscribePacket(id, subscriptions);
    }

    private SubAckPacket ReadSubAck()
    {
        var id = ReadPacketId();
        var codes = new List<byte>();
        do
        {
            var code = ReadByte();
            codes.Add(code is <= 2 or SubAckPacket.Failure ? code : throw Malformed($"return code {code}"));
        }
        while (!AtEnd);
        return new SubAckPacket(id, codes);
    }

    private UnsubscribePacket ReadUnsubscribe()
    {
        var id = ReadPacketId();
        var filters = new List<string>();
        do
        {
            var filter = ReadString();
            MqttText.CheckFilter(filter);
            filters.Add(filter);
        }
        while (!AtEnd);
        return new UnsubscribePacket(id, filters);
    }

    private ushort ReadPacketId()
    {
        var id = ReadUInt16();
        return id != 0 ? id : throw Malformed("packet id 0; it must be 1 to 65535");
    }

    private byte ReadByte() => Take(1)[0];

    private ushort ReadUInt16() => BinaryPrimitives.ReadUInt16BigEndian(Take(2));

    private ReadOnlyMemory<byte> ReadBytes()
    {
        var length = ReadUInt16();
        Take(length);
        return _body.AsMemory(_at - length, length);
    }

    private string ReadString()
    {
        try
        {
            var text = MqttText.Utf8.GetString(ReadBytes().Span);
            return text.Contains('\0', StringComparison.Ordinal) ? throw Malformed("a string with the character U+0000") : text;
        }
        catch (DecoderFallbackException e)
        {
            throw new MqttProtocolException($"Packet {_type} is malformed: a string is not UTF-8.", e);
        }
    }

    private ReadOnlySpan<byte> Take(int count)
    {
        if (_body.Length - _at < count)
        {
            throw Malformed($"it ends after {_body.Length} bytes, within a field");
        }

        _at += count;
        return _body.AsSpan(_at - count, count);
    }

    private readonly MqttProtocolException Malformed(string how) => new($"Packet {_type} is malformed: {how}.");
}
