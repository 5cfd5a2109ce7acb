using EdgeGateway.Serial.Protocol.Frames;
using EdgeGateway.Testing;
using Xunit.Abstractions;

namespace EdgeGateway.Serial.Tests.Protocol.Frames;

public sealed class CobsTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData("00", "0101")]
    [InlineData("0000", "010101")]
    [InlineData("11220033", "0311220233")]
    [InlineData("11223344", "0511223344")]
    [InlineData("11000000", "0211010101")]
    public void Encode_PublishedExamples_GivePublishedBytes(string plain, string encoded)
    {
        Encode(Convert.FromHexString(plain)).Should().Equal(Convert.FromHexString(encoded));
    }

    [Fact]
    public void EncodeAndDecode_LengthsAroundTheLongestRun_GiveTheSameBytes()
    {
        var random = new Random(Seed.Take(output));
        for (var length = 1; length < 1100; length++)
        {
            foreach (var zeros in new[] { 0, 2, 256 })
            {
                var plain = new byte[length];
                random.NextBytes(plain);
                for (var i = 0; i < length; i++)
                {
                    plain[i] = zeros == 0 ? (byte)Math.Max((int)plain[i], 1) : (byte)(plain[i] % zeros);
                }

                var encoded = Encode(plain);
                encoded.Should().NotContain((byte)0);
                encoded.Length.Should().BeLessThanOrEqualTo(Cobs.MaxEncodedLength(length));
                var decoded = Cobs.DecodeInPlace(encoded);
                encoded.AsSpan(0, decoded).SequenceEqual(plain).Should().BeTrue("length {0}, zeros {1}", length, zeros);
            }
        }
    }

    [Theory]
    [InlineData("05112233")]
    [InlineData("02")]
    [InlineData("0311")]
    public void DecodeInPlace_RunBeyondTheEnd_IsBroken(string encoded)
    {
        var buffer = Convert.FromHexString(encoded);
        var decoded = Cobs.DecodeInPlace(buffer);
        decoded.Should().Be(-1);
    }

    private static byte[] Encode(byte[] plain)
    {
        var destination = new byte[Cobs.MaxEncodedLength(plain.Length)];
        return destination[..Cobs.Encode(plain, destination)];
    }
}
