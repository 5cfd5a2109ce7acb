using System.Text;
using CsCheck;

namespace EdgeGateway.Core.Tests;

public sealed class Sha256DigestTests
{
    // FIPS 180-4, the example of one block
    private const string Hex = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
    private const string Base64 = "ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0=";

    private static readonly Gen<byte[]> AnyBytes = Gen.Byte.Array[Sha256Digest.Length];

    [Fact]
    public void Of_KnownData_IsThePublishedDigest() => Sha256Digest.Of("abc"u8).ToString().Should().Be(Hex);

    [Theory]
    [InlineData(0)]
    [InlineData(31)]
    [InlineData(33)]
    public void Create_OtherLength_IsRefused(int length) =>
        FluentActions.Invoking(() => new Sha256Digest(new byte[length])).Should().Throw<ArgumentException>().WithMessage($"*32 bytes, not {length}*");

    [Fact]
    public void Create_BufferChangesLater_KeepsTheOldBytes()
    {
        var buffer = new byte[Sha256Digest.Length];
        var digest = new Sha256Digest(buffer);

        buffer[0] = 1;

        digest.Bytes[0].Should().Be(0);
    }

    [Fact]
    public void Parse_KnownTexts_AreTheSameDigest()
    {
        Sha256Digest.TryParseHex(Hex, out var lower).Should().BeTrue();
        Sha256Digest.TryParseHex(Hex.ToUpperInvariant(), out var upper).Should().BeTrue();
        Sha256Digest.TryParseBase64(Base64, out var base64).Should().BeTrue();

        new[] { lower, upper, base64 }.Should().AllBeEquivalentTo(Sha256Digest.Of("abc"u8));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("ba78")]
    [InlineData(Hex + "00")]
    [InlineData("xx7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")]
    public void TryParseHex_OtherText_IsFalse(string? text)
    {
        Sha256Digest.TryParseHex(text, out var digest).Should().BeFalse();
        digest.IsUnknown.Should().BeTrue();
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFQ==")]
    [InlineData("ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0AAA==")]
    [InlineData("ungWv48Bz-pBQUDeXa4iI7ADYaOWF3qctBD_YfIAFa0=")]
    [InlineData(Hex)]
    public void TryParseBase64_OtherText_IsFalse(string? text)
    {
        Sha256Digest.TryParseBase64(text, out var digest).Should().BeFalse();
        digest.IsUnknown.Should().BeTrue();
    }

    [Fact]
    public void IsUnknown_DefaultOrZeros_IsTrue()
    {
        default(Sha256Digest).IsUnknown.Should().BeTrue();
        new Sha256Digest(new byte[Sha256Digest.Length]).IsUnknown.Should().BeTrue();
        default(Sha256Digest).Bytes.ToArray().Should().Equal(new byte[Sha256Digest.Length]);
        Sha256Digest.Of(default).IsUnknown.Should().BeFalse();
    }

    [Fact]
    public void Equals_DefaultAndZeros_IsTrue()
    {
        var zeros = new Sha256Digest(new byte[Sha256Digest.Length]);

        (zeros == default).Should().BeTrue();
        zeros.GetHashCode().Should().Be(default(Sha256Digest).GetHashCode());
        zeros.Equals((object)"text").Should().BeFalse();
    }

    [Fact]
    public void ToString_AnyDigest_IsReadBackFromBothForms() => AnyBytes.Sample(bytes =>
    {
        var digest = new Sha256Digest(bytes);

        return Sha256Digest.TryParseHex(digest.ToString(), out var hex) && hex == digest
            && Sha256Digest.TryParseBase64(Convert.ToBase64String(bytes), out var base64) && base64 == digest;
    });

    [Fact]
    public void Equals_AnyTwoDigests_ComparesAllBytes() => Gen.Select(AnyBytes, Gen.Int[0, Sha256Digest.Length - 1]).Sample((bytes, index) =>
    {
        var digest = new Sha256Digest(bytes);
        var other = bytes.ToArray();
        other[index] ^= 1;

        return digest == new Sha256Digest(bytes) && digest != new Sha256Digest(other) && !digest.Equals(new Sha256Digest(other));
    });

    [Fact]
    public void Of_Text_MatchesItsBytes() => Sha256Digest.Of(Encoding.UTF8.GetBytes("abc")).Should().Be(Sha256Digest.Of("abc"u8));
}
