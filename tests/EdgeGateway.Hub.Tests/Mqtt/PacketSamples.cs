using System.Buffers;
using EdgeGateway.Hub.Mqtt;

namespace EdgeGateway.Hub.Tests.Mqtt;

/// <summary>Every kind of packet, with the bytes that the standard gives it.</summary>
internal static class PacketSamples
{
    public static readonly MqttPacket[] All =
    [
        new ConnectPacket("mcu-07", CleanSession: false, KeepAliveSeconds: 120) { UserName = "hub/mcu-07", Password = "päss" },
        new ConnectPacket("a", CleanSession: true, KeepAliveSeconds: 0),
        new ConnectPacket("a", CleanSession: true, KeepAliveSeconds: 0)
        {
            Will = new PublishPacket("gone", new byte[] { 1, 2 }) { Qos = MqttQos.AtLeastOnce, Retain = true },
        },
        new ConnAckPacket(SessionPresent: true, ConnectReturnCode.Accepted),
        new ConnAckPacket(SessionPresent: false, ConnectReturnCode.NotAuthorized),
        new PublishPacket("t/1", "hello"u8.ToArray()),
        new PublishPacket("t/1", new byte[200]) { Qos = MqttQos.AtLeastOnce, PacketId = 0xABCD, Duplicate = true, Retain = true },
        new PubAckPacket(7),
        new SubscribePacket(8, [new("a/#", MqttQos.AtLeastOnce), new("b/+/c", MqttQos.AtMostOnce), new("d", MqttQos.ExactlyOnce)]),
        new SubAckPacket(8, [1, 0, SubAckPacket.Failure]),
        new UnsubscribePacket(9, ["a/#", "b"]),
        new UnsubAckPacket(9),
        new PingReqPacket(),
        new PingRespPacket(),
        new DisconnectPacket(),
    ];

    public static byte[] Write(MqttPacket packet)
    {
        var output = new ArrayBufferWriter<byte>();
        MqttWriter.Write(output, packet);
        return output.WrittenSpan.ToArray();
    }

    public static MqttPacket? Read(byte[] bytes, int maxPacketSize = 1024)
    {
        var buffer = new ReadOnlySequence<byte>(bytes);
        return MqttReader.TryRead(ref buffer, maxPacketSize, out var packet) ? packet : null;
    }
}
