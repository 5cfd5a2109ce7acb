using EdgeGateway.Content.Cache;
using EdgeGateway.Testing;

namespace EdgeGateway.Content.Tests.Cache;

public sealed class VerifiedFileTests : IDisposable
{
    private readonly TempFolder _temp = new();

    public void Dispose() => _temp.Dispose();

    [Theory]
    [InlineData(1, VerifiedFile.SmallestBlock)]
    [InlineData(64 << 20, VerifiedFile.SmallestBlock)]
    [InlineData((64 << 20) + (1 << 20), 2 * VerifiedFile.SmallestBlock)]
    public void BlockSize_ByLength_BoundsTheDigestsInMemory(int length, int blockSize)
    {
        var bytes = new byte[length];
        bytes[^1] = 1;
        var path = _temp.File("content");
        File.WriteAllBytes(path, bytes);

        using var file = VerifiedFile.Open(path, Sha256Digest.Of(bytes), default)!;

        file.BlockSize.Should().Be(blockSize);
        var block = new byte[blockSize];
        var last = (length - 1) / blockSize;
        file.ReadBlock(last, block).Should().Be(length - (last * blockSize));
    }

    [Fact]
    public void Open_OtherBytes_Null()
    {
        var path = _temp.File("content");
        File.WriteAllBytes(path, [1, 2, 3]);

        VerifiedFile.Open(path, Sha256Digest.Of([1, 2, 4]), default).Should().BeNull();
    }

    [Fact]
    public void IsUnchanged_WrittenAtOnceAfterTheHash_False()
    {
        var path = _temp.File("content");
        File.WriteAllBytes(path, [1, 2, 3]);
        using var file = VerifiedFile.Open(path, Sha256Digest.Of([1, 2, 3]), default)!;
        file.IsUnchanged().Should().BeTrue();

        using (var other = File.Open(path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite))
        {
            other.WriteByte(9);
        }

        file.IsUnchanged().Should().BeFalse();
        file.Touch(new DateTime(2026, 11, 1, 0, 0, 0, DateTimeKind.Utc));
        file.IsUnchanged().Should().BeFalse("a touch does not hide a change");
    }

    [Fact]
    public void Open_TwiceAtOnce_NeitherTakesTheOtherForAChange()
    {
        var path = _temp.File("content");
        File.WriteAllBytes(path, [1, 2, 3]);
        using var one = VerifiedFile.Open(path, Sha256Digest.Of([1, 2, 3]), default)!;

        using var two = VerifiedFile.Open(path, Sha256Digest.Of([1, 2, 3]), default)!;

        one.IsUnchanged().Should().BeTrue();
        two.IsUnchanged().Should().BeTrue();
    }

    [Fact]
    public void Touch_Unchanged_StaysUnchangedAndShowsOnDisk()
    {
        var path = _temp.File("content");
        File.WriteAllBytes(path, [1, 2, 3]);
        using var file = VerifiedFile.Open(path, Sha256Digest.Of([1, 2, 3]), default)!;
        var now = new DateTime(2026, 11, 1, 0, 0, 0, DateTimeKind.Utc);

        file.Touch(now);

        file.IsUnchanged().Should().BeTrue();
        File.GetLastWriteTimeUtc(path).Should().BeCloseTo(now, TimeSpan.FromSeconds(1));
    }
}
