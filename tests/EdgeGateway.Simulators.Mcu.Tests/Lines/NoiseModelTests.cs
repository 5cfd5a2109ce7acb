using System.Buffers;
using System.Numerics;
using EdgeGateway.Simulators.Mcu.Lines;
using EdgeGateway.Testing;
using Xunit.Abstractions;

namespace EdgeGateway.Simulators.Mcu.Tests.Lines;

public sealed class NoiseModelTests(ITestOutputHelper output)
{
    private const double FiveSigma = 5;

    [Theory]
    [InlineData(1e-3, 400_000)]
    [InlineData(1e-4, 2_000_000)]
    [InlineData(1e-5, 8_000_000)]
    public void Apply_BitErrors_AreAsManyAsTheRateSays(double rate, int bytes)
    {
        var noise = new NoiseModel(new LineOptions { BitErrorRate = rate }, Seed.Take(output));

        var arrived = Apply(noise, new byte[bytes], piece: 777);

        var flipped = arrived.Sum(value => (long)BitOperations.PopCount(value));
        var expected = bytes * 8.0 * rate;
        ((double)flipped).Should().BeApproximately(expected, FiveSigma * Math.Sqrt(expected));
        noise.FlippedBits.Should().Be(flipped);
        arrived.Should().HaveCount(bytes);
    }

    [Fact]
    public void Apply_BitErrors_HitEveryBitOfAByte()
    {
        var noise = new NoiseModel(new LineOptions { BitErrorRate = 0.01 }, seed: 7);
        var perBit = new int[8];
        foreach (var value in Apply(noise, new byte[100_000], piece: 100))
        {
            for (var bit = 0; bit < 8; bit++)
            {
                perBit[bit] += (value >> bit) & 1;
            }
        }

        perBit.Should().AllSatisfy(count => count.Should().BeInRange(800, 1200));
    }

    [Fact]
    public void Apply_LostDoubledInserted_AreAsManyAsTheRatesSay()
    {
        const int Bytes = 300_000;
        var noise = new NoiseModel(new LineOptions { LostRate = 0.01, DoubledRate = 0.02, InsertedRate = 0.005 }, Seed.Take(output));

        var arrived = Apply(noise, new byte[Bytes], piece: 1000);

        ((double)noise.LostBytes).Should().BeApproximately(Bytes * 0.01, FiveSigma * Math.Sqrt(Bytes * 0.01));
        ((double)noise.DoubledBytes).Should().BeApproximately(Bytes * 0.02, FiveSigma * Math.Sqrt(Bytes * 0.02));
        ((double)noise.InsertedBytes).Should().BeApproximately(Bytes * 0.005, FiveSigma * Math.Sqrt(Bytes * 0.005));
        arrived.Should().HaveCount((int)(Bytes - noise.LostBytes + noise.DoubledBytes + noise.InsertedBytes));
    }

    [Fact]
    public void Apply_SameSeed_DamagesTheSameBytes()
    {
        var options = new LineOptions { BitErrorRate = 1e-3, LostRate = 1e-3, DoubledRate = 1e-3, InsertedRate = 1e-3 };
        var sent = new byte[20_000];

        var once = Apply(new NoiseModel(options, seed: 11), sent, piece: 64);
        var again = Apply(new NoiseModel(options, seed: 11), sent, piece: 4096);

        again.Should().Equal(once);
        once.Should().NotEqual(sent);
    }

    [Fact]
    public void Apply_NoRates_ChangesNothing()
    {
        var noise = new NoiseModel(new LineOptions(), seed: 1);
        var sent = new byte[10_000];
        new Random(1).NextBytes(sent);

        Apply(noise, sent, piece: 333).Should().Equal(sent);
        noise.IsClean.Should().BeTrue();
    }

    [Theory]
    [InlineData(-0.1)]
    [InlineData(1.1)]
    [InlineData(double.NaN)]
    public void New_RateOutOfRange_Throws(double rate)
    {
        var make = () => new NoiseModel(new LineOptions { LostRate = rate }, seed: 1);

        make.Should().Throw<ArgumentOutOfRangeException>();
    }

    private static byte[] Apply(NoiseModel noise, byte[] sent, int piece)
    {
        var arrived = new ArrayBufferWriter<byte>();
        for (var at = 0; at < sent.Length; at += piece)
        {
            noise.Apply(sent.AsSpan(at, Math.Min(piece, sent.Length - at)), arrived);
        }

        return arrived.WrittenSpan.ToArray();
    }
}
