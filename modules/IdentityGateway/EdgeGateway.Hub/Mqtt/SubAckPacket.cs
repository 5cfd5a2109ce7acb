namespace EdgeGateway.Hub.Mqtt;

/// <summary>Answer to <see cref="SubscribePacket"/>.</summary>
/// <param name="PacketId">Id of the request.</param>
/// <param name="ReturnCodes">One for each filter in order: the granted quality of service, or <see cref="Failure"/>.</param>
public sealed record SubAckPacket(ushort PacketId, IReadOnlyList<byte> ReturnCodes) : MqttPacket
{
    /// <summary>The filter was refused.</summary>
    public const byte Failure = 0x80;
}
