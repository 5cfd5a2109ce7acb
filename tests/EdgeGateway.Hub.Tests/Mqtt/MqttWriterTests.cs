using EdgeGateway.Hub.Mqtt;

namespace EdgeGateway.Hub.Tests.Mqtt;

public sealed class MqttWriterTests
{
    [Fact]
    public void Write_Connect_IsAsTheStandardSays()
    {
        var packet = new ConnectPacket("id", CleanSession: false, KeepAliveSeconds: 0x0102) { UserName = "u", Password = "p" };

        var expected = "10 14" + "00 04 4D 51 54 54" + "04 C0 01 02" + "00 02 69 64" + "00 01 75" + "00 01 70";
        Hex(packet).Should().Be(expected.Replace(" ", "", StringComparison.Ordinal));
    }

    [Fact]
    public void Write_PublishAtLeastOnce_IsAsTheStandardSays()
    {
        var packet = new PublishPacket("a/b", "x"u8.ToArray()) { Qos = MqttQos.AtLeastOnce, PacketId = 10, Duplicate = true };

        Hex(packet).Should().Be("3A080003612F62000A78");
    }

    [Fact]
    public void Write_Subscribe_IsAsTheStandardSays() =>
        Hex(new SubscribePacket(10, [new("a/b", MqttQos.AtLeastOnce)])).Should().Be("8208000A0003612F6201");

    [Theory]
    [InlineData(0, 2)]
    [InlineData(120, 2)]
    [InlineData(124, 2)]
    [InlineData(125, 3)]
    [InlineData(16_380, 3)]
    [InlineData(16_381, 4)]
    [InlineData(2_097_149, 5)]
    public void Write_Length_UsesAsFewBytesAsPossible(int payload, int header)
    {
        var bytes = PacketSamples.Write(new PublishPacket("t", new byte[payload]));

        bytes.Length.Should().Be(header + 3 + payload);
        ((PublishPacket)PacketSamples.Read(bytes, int.MaxValue)!).Payload.Length.Should().Be(payload);
    }

    public static TheoryData<MqttPacket, string> Wrong => new()
    {
        { new PublishPacket("a/#", default), "*wildcard*" },
        { new PublishPacket("", default), "*empty*" },
        { new PublishPacket("a", default) { Qos = MqttQos.ExactlyOnce }, "*service 2*" },
        { new PublishPacket("a", default) { Qos = MqttQos.AtLeastOnce }, "*id 0*" },
        { new PublishPacket(new string('a', 65536), default), "*65536 bytes*" },
        { new PublishPacket("a\ud800", default), "*Unicode*" },
        { new SubscribePacket(1, []), "*at least one*" },
        { new SubscribePacket(1, [new("a/#/b", MqttQos.AtMostOnce)]), "*wrong place*" },
        { new ConnectPacket("a", true, 0) { Password = "p" }, "*no user name*" },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public void Write_BrokenRule_SaysWhich(MqttPacket packet, string message)
    {
        var act = () => PacketSamples.Write(packet);

        act.Should().Throw<MqttProtocolException>().WithMessage(message);
    }

    [Fact]
    public void ToString_Connect_HidesThePassword() =>
        new ConnectPacket("a", true, 0) { UserName = "u", Password = "secret" }.ToString().Should().NotContain("secret");

    private static string Hex(MqttPacket packet) => Convert.ToHexString(PacketSamples.Write(packet));
}
