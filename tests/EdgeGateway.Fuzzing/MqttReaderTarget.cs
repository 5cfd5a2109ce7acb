using System.Buffers;
using EdgeGateway.Hub.Mqtt;

namespace EdgeGateway.Fuzzing;

/// <summary>
/// MQTT packets: no exception but <see cref="MqttProtocolException"/>, nothing consumed without a packet, and a packet that was read can be written and read
/// again to the same bytes.
/// </summary>
internal sealed class MqttReaderTarget : FuzzTarget
{
    private const int MaxPacketSize = 1024;

    public override string Name => "mqtt";

    public override IReadOnlyList<byte[]> Seeds { get; } =
    [
        Bytes(new ConnectPacket("device/module", CleanSession: false, 240) { UserName = "hub/device", Password = "secret" }),
        Bytes(new ConnectPacket("device", CleanSession: true, 0)
        {
            UserName = "hub/device",
            Will = new PublishPacket("devices/device/messages/events/", "gone"u8.ToArray()) { Qos = MqttQos.AtLeastOnce, Retain = true },
        }),
        Bytes(new ConnAckPacket(SessionPresent: true, ConnectReturnCode.Accepted)),
        Bytes(new PublishPacket("$iothub/twin/res/200/?$rid=1", "{}"u8.ToArray())),
        Bytes(new PublishPacket("a/b", new byte[200]) { Qos = MqttQos.AtLeastOnce, PacketId = 7, Duplicate = true }),
        Bytes(new PubAckPacket(7)),
        Bytes(new SubscribePacket(1, [new MqttSubscription("$iothub/twin/res/#", MqttQos.AtMostOnce), new MqttSubscription("a/+", MqttQos.AtLeastOnce)])),
        Bytes(new SubAckPacket(1, [0, 1, SubAckPacket.Failure])),
        Bytes(new UnsubscribePacket(2, ["a/+", "#"])),
        Bytes(new UnsubAckPacket(2)),
        [.. Bytes(new PingReqPacket()), .. Bytes(new PingRespPacket()), .. Bytes(new DisconnectPacket())],
    ];

    public override IReadOnlyList<byte[]> Tokens { get; } = [[0], [0xFF], [0x80], [0x7F], [0, 0], [0xFF, 0xFF, 0xFF, 0x7F], "#"u8.ToArray(), "+"u8.ToArray(), [0xC3], "MQTT"u8.ToArray()];

    public override bool Run(byte[] input)
    {
        var rest = new ReadOnlySequence<byte>(input);
        var accepted = false;
        try
        {
            while (true)
            {
                var before = rest.Length;
                if (!MqttReader.TryRead(ref rest, MaxPacketSize, out var packet))
                {
                    Require(packet is null && rest.Length == before, "Bytes were consumed without a packet.");
                    return accepted;
                }

                Require(rest.Length < before && before - rest.Length <= MaxPacketSize, "A packet is empty or above the limit.");
                accepted = true;
                RequireRoundTrip(packet!);
            }
        }
        catch (MqttProtocolException)
        {
            return accepted; // documented
        }
    }

    private static void RequireRoundTrip(MqttPacket packet)
    {
        byte[] first;
        try
        {
            first = Bytes(packet);
        }
        catch (MqttProtocolException e)
        {
            throw new FuzzException($"{packet} was read but is not written: {e.Message}");
        }

        var sequence = new ReadOnlySequence<byte>(first);
        MqttPacket? again;
        try
        {
            Require(MqttReader.TryRead(ref sequence, int.MaxValue, out again) && sequence.IsEmpty, $"{packet} is not read whole after it was written.");
        }
        catch (MqttProtocolException e)
        {
            throw new FuzzException($"{packet} was written but is not read: {e.Message}");
        }

        Require(again!.GetType() == packet.GetType() && Bytes(again).AsSpan().SequenceEqual(first), $"{packet} changed when it was written and read.");
    }

    private static byte[] Bytes(MqttPacket packet)
    {
        var output = new ArrayBufferWriter<byte>();
        MqttWriter.Write(output, packet);
        return output.WrittenSpan.ToArray();
    }
}
