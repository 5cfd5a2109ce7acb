using System.Buffers;
using EdgeGateway.Serial.Protocol.Frames;
using EdgeGateway.Testing;
using Xunit.Abstractions;

namespace EdgeGateway.Serial.Tests.Protocol.Frames;

public sealed class FrameReaderTests(ITestOutputHelper output)
{
    private const int MaxBody = 300;
    private readonly FrameWriter _writer = new();
    private readonly FrameReader _reader = new(MaxBody);

    [Fact]
    public void TryRead_FrameByteByByte_IsFoundAtItsEndOnly()
    {
        var header = new FrameHeader(17, FrameType.Data, 200, Ask: true);
        var wire = Wire(header, [1, 0, 2, 0]);
        for (var i = 0; i < wire.Length; i++)
        {
            ReadOnlySpan<byte> input = wire.AsSpan(i, 1);
            _reader.TryRead(ref input, out var frame).Should().Be(i == wire.Length - 1);
            if (i == wire.Length - 1)
            {
                frame.Header.Should().Be(header);
                frame.Body.ToArray().Should().Equal(1, 0, 2, 0);
            }
        }

        _reader.DamagedFrames.Should().Be(0);
    }

    [Fact]
    public void TryRead_SeveralFramesAndBreaksAtOnce_FindsEach()
    {
        byte[] wire = [0, 0, .. Wire(new FrameHeader(1, FrameType.Hello, 1), [1]), 0, .. Wire(new FrameHeader(2, FrameType.Ping, 2), [])];
        ReadAll(wire).Should().Equal(FrameType.Hello, FrameType.Ping);
        _reader.DamagedFrames.Should().Be(0);
    }

    [Fact]
    public void TryRead_EverySingleBitFlipped_NeverYieldsTheFrame()
    {
        var wire = Wire(new FrameHeader(5, FrameType.Offer, 9), [10, 20, 30, 0, 40]);
        for (var bit = 0; bit < wire.Length * 8; bit++)
        {
            var damaged = wire.ToArray();
            damaged[bit / 8] ^= (byte)(1 << (bit % 8));
            ReadAll([.. damaged, 0]).Should().BeEmpty("bit {0}", bit);
        }
    }

    [Fact]
    public void TryRead_AnyByteLostOrDoubled_LosesThatFrameAndFindsTheNext()
    {
        var first = Wire(new FrameHeader(5, FrameType.Offer, 9), [10, 20, 30, 0, 40]);
        var second = Wire(new FrameHeader(5, FrameType.Ping, 10), []);
        for (var at = 0; at < first.Length - 1; at++)
        {
            ReadAll([.. first[..at], .. first[(at + 1)..], .. second]).Should().Equal([FrameType.Ping], "byte {0} lost", at);
            ReadAll([.. first[..at], first[at], .. first[at..], .. second]).Should().Equal([FrameType.Ping], "byte {0} doubled", at);
        }
    }

    [Fact]
    public void TryRead_GarbageWithoutEnd_KeepsNothingAndRecoversAtTheNextZero()
    {
        var garbage = Enumerable.Repeat((byte)0x55, 100_000).ToArray();
        ReadAll(garbage).Should().BeEmpty();
        ReadAll([0, .. Wire(new FrameHeader(5, FrameType.Ping, 1), [])]).Should().Equal(FrameType.Ping);
        _reader.DamagedFrames.Should().Be(1);
    }

    [Fact]
    public void TryRead_LongestBody_IsAccepted()
    {
        var body = Enumerable.Repeat((byte)7, MaxBody).ToArray();
        ReadAll(Wire(new FrameHeader(5, FrameType.Data, 1), body)).Should().Equal(FrameType.Data);
    }

    [Fact]
    public void TryRead_RandomBytes_YieldsNothingAndNeverThrows()
    {
        var random = new Random(Seed.Take(output));
        var noise = new byte[200_000];
        random.NextBytes(noise);
        ReadAll(noise).Should().BeEmpty();
        _reader.DamagedFrames.Should().BePositive();
    }

    private byte[] Wire(FrameHeader header, ReadOnlySpan<byte> body)
    {
        var buffer = new ArrayBufferWriter<byte>();
        _writer.Write(buffer, header, body).Should().Be(buffer.WrittenCount);
        return buffer.WrittenSpan.ToArray();
    }

    private List<FrameType> ReadAll(byte[] wire)
    {
        var types = new List<FrameType>();
        ReadOnlySpan<byte> input = wire;
        while (_reader.TryRead(ref input, out var frame))
        {
            types.Add(frame.Header.Type);
        }

        return types;
    }
}
