using EdgeGateway.Content.Cache;
using EdgeGateway.Testing;
using Xunit.Abstractions;

namespace EdgeGateway.Content.Tests.Cache;

public sealed class ContentLeaseTests(ITestOutputHelper output) : IDisposable
{
    private readonly TempFolder _temp = new();

    public void Dispose() => _temp.Dispose();

    [Theory]
    [InlineData(1)]
    [InlineData(VerifiedFile.SmallestBlock - 1)]
    [InlineData(VerifiedFile.SmallestBlock)]
    [InlineData(VerifiedFile.SmallestBlock + 1)]
    [InlineData((3 * VerifiedFile.SmallestBlock) + 17)]
    public void Read_AnyRange_GivesItsBytes(int size)
    {
        var random = new Random(Seed.Take(output));
        var bytes = StoreBed.Bytes(size);
        using var file = OpenFile(bytes);
        using var lease = new ContentLease(file, _ => { }, _ => { });
        for (var i = 0; i < 300; i++)
        {
            var start = random.Next(size + 1);
            var buffer = new byte[random.Next(size - start + 1)];

            lease.Read(start, buffer);

            buffer.AsSpan().SequenceEqual(bytes.AsSpan(start, buffer.Length)).Should().BeTrue();
        }
    }

    [Theory]
    [InlineData(-1, 1)]
    [InlineData(0, 101)]
    [InlineData(100, 1)]
    [InlineData(long.MaxValue, 1)]
    public void Read_OutsideTheContent_Refused(long offset, int count)
    {
        using var file = OpenFile(StoreBed.Bytes(100));
        using var lease = new ContentLease(file, _ => { }, _ => { });

        lease.Invoking(l => l.Read(offset, new byte[count])).Should().Throw<ArgumentOutOfRangeException>();
    }

    [Fact]
    public void Open_OtherContent_Null()
    {
        File.WriteAllBytes(_temp.File("content"), [1, 2, 3]);

        VerifiedFile.Open(_temp.File("content"), Sha256Digest.Of([1, 2, 4]), CancellationToken.None).Should().BeNull();
    }

    private VerifiedFile OpenFile(byte[] bytes)
    {
        File.WriteAllBytes(_temp.File("content"), bytes);
        return VerifiedFile.Open(_temp.File("content"), Sha256Digest.Of(bytes), CancellationToken.None)!;
    }
}
