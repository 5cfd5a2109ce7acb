namespace EdgeGateway.Hub.Mqtt;

/// <summary>A control packet of MQTT 3.1.1 (OASIS standard, chapter 3); read by <see cref="MqttReader"/>, written by <see cref="MqttWriter"/>.</summary>
public abstract record MqttPacket
{
    private protected MqttPacket()
    {
    }
}

/// <summary>The upper four bits of a packet's first byte (MQTT 3.1.1, table 2.1), without the packets of QoS 2.</summary>
internal enum MqttPacketType
{
    Connect = 1,
    ConnAck = 2,
    Publish = 3,
    PubAck = 4,
    Subscribe = 8,
    SubAck = 9,
    Unsubscribe = 10,
    UnsubAck = 11,
    PingReq = 12,
    PingResp = 13,
    Disconnect = 14,
}

/// <summary>Quality of service.</summary>
public enum MqttQos
{
    /// <summary>Sent once, never acknowledged.</summary>
    AtMostOnce = 0,

    /// <summary>Sent until acknowledged; duplicates are possible.</summary>
    AtLeastOnce = 1,

    /// <summary>IoT Hub has none: it may be asked for in a subscription (and is granted as <see cref="AtLeastOnce"/>), never published.</summary>
    ExactlyOnce = 2,
}

/// <summary>First packet of a client.</summary>
/// <param name="ClientId">Identity; at the hub <c>device</c> or <c>device/module</c>.</param>
/// <param name="CleanSession">Whether the server must forget earlier subscriptions and messages.</param>
/// <param name="KeepAliveSeconds">Longest silence of the client; 0 for no limit.</param>
public sealed record ConnectPacket(string ClientId, bool CleanSession, ushort KeepAliveSeconds) : MqttPacket
{
    /// <summary>User name; null for none.</summary>
    public string? UserName { get; init; }

    /// <summary>Password; null for none. Needs a user name.</summary>
    public string? Password { get; init; }

    /// <summary>Message to publish when the client vanishes; null for none.</summary>
    public PublishPacket? Will { get; init; }

    /// <summary>Everything but the password, which must not reach a log.</summary>
    public override string ToString() => $"ConnectPacket {{ ClientId = {ClientId}, UserName = {UserName} }}";
}

/// <summary>The server's answer to <see cref="ConnectPacket"/>.</summary>
/// <param name="SessionPresent">Whether the server kept the session of an earlier connection.</param>
/// <param name="ReturnCode">Accepted, or why not.</param>
public sealed record ConnAckPacket(bool SessionPresent, ConnectReturnCode ReturnCode) : MqttPacket;

/// <summary>Answer to a connect (MQTT 3.1.1, table 3.1).</summary>
public enum ConnectReturnCode
{
    Accepted = 0,
    UnacceptableProtocolVersion = 1,
    IdentifierRejected = 2,
    ServerUnavailable = 3,
    BadUserNameOrPassword = 4,
    NotAuthorized = 5,
}

/// <summary>Asks for the messages of some topics.</summary>
/// <param name="PacketId">1 to 65535.</param>
/// <param name="Subscriptions">At least one.</param>
public sealed record SubscribePacket(ushort PacketId, IReadOnlyList<MqttSubscription> Subscriptions) : MqttPacket;

/// <summary>One line of a <see cref="SubscribePacket"/>.</summary>
/// <param name="Filter">Topic filter.</param>
/// <param name="Qos">Highest quality of service wanted.</param>
public sealed record MqttSubscription(string Filter, MqttQos Qos);

/// <summary>Answer to <see cref="SubscribePacket"/>.</summary>
/// <param name="PacketId">Id of the request.</param>
/// <param name="ReturnCodes">One for each filter in order: the granted quality of service, or <see cref="Failure"/>.</param>
public sealed record SubAckPacket(ushort PacketId, IReadOnlyList<byte> ReturnCodes) : MqttPacket
{
    /// <summary>The filter was refused.</summary>
    public const byte Failure = 0x80;
}

/// <summary>Ends subscriptions.</summary>
/// <param name="PacketId">1 to 65535.</param>
/// <param name="Filters">At least one, exactly as they were subscribed.</param>
public sealed record UnsubscribePacket(ushort PacketId, IReadOnlyList<string> Filters) : MqttPacket;

/// <summary>Answer to <see cref="UnsubscribePacket"/>.</summary>
/// <param name="PacketId">Id of the request.</param>
public sealed record UnsubAckPacket(ushort PacketId) : MqttPacket;

/// <summary>A message, in either direction.</summary>
/// <param name="Topic">Topic without wildcards.</param>
/// <param name="Payload">Content.</param>
public sealed record PublishPacket(string Topic, ReadOnlyMemory<byte> Payload) : MqttPacket
{
    /// <summary>At most once, or at least once.</summary>
    public MqttQos Qos { get; init; } = MqttQos.AtMostOnce;

    /// <summary>1 to 65535 with <see cref="MqttQos.AtLeastOnce"/>; 0 with <see cref="MqttQos.AtMostOnce"/>.</summary>
    public ushort PacketId { get; init; }

    /// <summary>Set where the message was sent before and not acknowledged.</summary>
    public bool Duplicate { get; init; }

    /// <summary>IoT Hub keeps no retained messages; it only marks the message.</summary>
    public bool Retain { get; init; }
}

/// <summary>Acknowledges a <see cref="PublishPacket"/> sent at least once.</summary>
/// <param name="PacketId">Id of the message.</param>
public sealed record PubAckPacket(ushort PacketId) : MqttPacket;

/// <summary>The client asks whether the server is there.</summary>
public sealed record PingReqPacket : MqttPacket;

/// <summary>The server is there.</summary>
public sealed record PingRespPacket : MqttPacket;

/// <summary>The client leaves in order.</summary>
public sealed record DisconnectPacket : MqttPacket;
