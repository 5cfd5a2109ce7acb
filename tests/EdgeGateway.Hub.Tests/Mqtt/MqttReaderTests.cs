using System.Buffers;
using EdgeGateway.Hub.Mqtt;
using EdgeGateway.Testing;
using Xunit.Abstractions;

namespace EdgeGateway.Hub.Tests.Mqtt;

public sealed class MqttReaderTests(ITestOutputHelper output)
{
    public static TheoryData<int> Samples => new(Enumerable.Range(0, PacketSamples.All.Length));

    [Theory]
    [MemberData(nameof(Samples))]
    public void TryRead_WrittenPacket_GivesTheSame(int index)
    {
        var packet = PacketSamples.All[index];

        var read = PacketSamples.Read(PacketSamples.Write(packet));

        read.Should().BeOfType(packet.GetType());
        if (packet is PingReqPacket or PingRespPacket or DisconnectPacket)
        {
            return; // nothing but their type
        }

        read.Should().BeEquivalentTo(packet, o => o.RespectingRuntimeTypes().ComparingRecordsByMembers().Using<ReadOnlyMemory<byte>>(
            c => c.Subject.ToArray().Should().Equal(c.Expectation.ToArray())).WhenTypeIs<ReadOnlyMemory<byte>>());
    }

    [Theory]
    [MemberData(nameof(Samples))]
    public void TryRead_EveryTruncation_WaitsForMore(int index)
    {
        var bytes = PacketSamples.Write(PacketSamples.All[index]);
        for (var length = 0; length < bytes.Length; length++)
        {
            var buffer = new ReadOnlySequence<byte>(bytes, 0, length);

            MqttReader.TryRead(ref buffer, 1024, out var packet).Should().BeFalse();

            packet.Should().BeNull();
            buffer.Length.Should().Be(length, "nothing may be consumed");
        }
    }

    [Theory]
    [MemberData(nameof(Samples))]
    public void TryRead_BodyCutShortWithMatchingLength_IsMalformedOrAnotherValidPacket(int index)
    {
        var bytes = PacketSamples.Write(PacketSamples.All[index]);
        var header = bytes.Length > 130 ? 3 : 2;
        for (var body = 0; body < Math.Min(bytes.Length - header, 127); body++)
        {
            byte[] cut = [bytes[0], (byte)body, .. bytes.AsSpan(header, body)];
            AssertReadsOrIsProtocolError(cut);
        }
    }

    [Fact]
    public void TryRead_SplitInEverySegment_GivesAllPackets()
    {
        var bytes = PacketSamples.All.SelectMany(PacketSamples.Write).ToArray();
        var buffer = Segments.OfOneByte(bytes);
        var read = new List<MqttPacket>();
        while (MqttReader.TryRead(ref buffer, 1024, out var packet))
        {
            read.Add(packet!);
        }

        read.Select(p => p.GetType()).Should().Equal(PacketSamples.All.Select(p => p.GetType()));
        read.SelectMany(PacketSamples.Write).Should().Equal(bytes);
        buffer.IsEmpty.Should().BeTrue();
    }

    [Fact]
    public void TryRead_RandomBytes_NeverFailsOtherwiseThanByProtocolError()
    {
        var random = new Random(Seed.Take(output));
        for (var i = 0; i < 20_000; i++)
        {
            var bytes = new byte[random.Next(1, 64)];
            random.NextBytes(bytes);
            AssertReadsOrIsProtocolError(bytes);
        }
    }

    [Fact]
    public void TryRead_FlippedBits_NeverFailsOtherwiseThanByProtocolError()
    {
        var random = new Random(Seed.Take(output));
        for (var i = 0; i < 20_000; i++)
        {
            var bytes = PacketSamples.Write(PacketSamples.All[random.Next(PacketSamples.All.Length)]);
            for (var flips = random.Next(1, 4); flips > 0; flips--)
            {
                bytes[random.Next(bytes.Length)] ^= (byte)(1 << random.Next(8));
            }

            AssertReadsOrIsProtocolError(bytes);
        }
    }

    [Theory]
    [InlineData("00 00", "type 0")]
    [InlineData("F0 00", "type 15")]
    [InlineData("50 02 00 01", "*quality of service 2*")] // PUBREC
    [InlineData("34 05 00 01 61 00 01", "*quality of service 2*")]
    [InlineData("36 05 00 01 61 00 01", "*quality of service 2*")]
    [InlineData("38 03 00 01 61", "*duplicate*")]
    [InlineData("80 06 00 01 00 01 61 00", "*flags 0*")]
    [InlineData("82 06 00 00 00 01 61 00", "*packet id 0*")]
    [InlineData("82 06 00 01 00 01 61 03", "*quality of service 3*")]
    [InlineData("82 02 00 01", "*ends after*")]
    [InlineData("C0 01 00", "*too many*")]
    [InlineData("30 80 80 80 80 01", "*four bytes*")]
    [InlineData("30 03 00 01 23", "*wildcard*")]
    [InlineData("30 04 00 02 C3 28", "*UTF-8*")]
    [InlineData("30 03 00 01 00", "*U+0000*")]
    [InlineData("20 02 02 00", "*flags 2*")]
    [InlineData("20 02 01 05", "*return code 5*")]
    [InlineData("10 0C 00 04 4D 51 54 54 05 02 00 00 00 00", "*level 5*")]
    [InlineData("10 0C 00 04 4D 51 54 54 04 03 00 00 00 00", "*flags 0x03*")]
    [InlineData("10 0C 00 04 4D 51 54 54 04 42 00 00 00 00", "*flags 0x42*")]
    public void TryRead_Malformed_SaysWhat(string hex, string message)
    {
        var bytes = Convert.FromHexString(hex.Replace(" ", "", StringComparison.Ordinal));

        var act = () => PacketSamples.Read(bytes);

        act.Should().Throw<MqttProtocolException>().WithMessage($"*{message.Trim('*')}*");
    }

    [Fact]
    public void TryRead_LargerThanAccepted_FailsBeforeTheBodyArrives()
    {
        var act = () => PacketSamples.Read([0x30, 0xFF, 0x7F], maxPacketSize: 1000);

        act.Should().Throw<MqttProtocolException>().WithMessage("*16386 bytes*1000*");
    }

    private static void AssertReadsOrIsProtocolError(byte[] bytes)
    {
        try
        {
            // what was understood must be writable again
            if (PacketSamples.Read(bytes) is { } packet)
            {
                PacketSamples.Write(packet).Should().NotBeEmpty();
            }
        }
        catch (MqttProtocolException e)
        {
            e.Message.Should().NotBeEmpty();
        }
    }
}
