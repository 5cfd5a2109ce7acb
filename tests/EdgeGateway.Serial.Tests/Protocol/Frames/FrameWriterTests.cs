using System.Buffers;
using EdgeGateway.Serial.Protocol.Frames;

namespace EdgeGateway.Serial.Tests.Protocol.Frames;

public sealed class FrameWriterTests
{
    [Fact]
    public void Write_HelloToAddressOne_GivesTheBytesOfTheSpecification()
    {
        var output = new ArrayBufferWriter<byte>();
        new FrameWriter().Write(output, new FrameHeader(1, FrameType.Hello, 7, Ask: true), [1, 1, 0]);
        var wire = output.WrittenSpan.ToArray();
        wire[..7].Should().Equal([0x06, 1, 0x41, 7, 1, 1, 0x05], "the zero of the body ends a run; the CRC follows");
        wire.Length.Should().Be(12);
        wire[^1].Should().Be(0);
    }

    [Fact]
    public void Write_LongestUsualData_Takes1041Bytes()
    {
        var body = Enumerable.Repeat((byte)1, 1028).ToArray();
        new FrameWriter().Write(new ArrayBufferWriter<byte>(), new FrameHeader(1, FrameType.Data, 1), body).Should().Be(1041);
    }
}
