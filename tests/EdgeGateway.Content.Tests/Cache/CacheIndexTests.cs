using EdgeGateway.Content.Cache;

namespace EdgeGateway.Content.Tests.Cache;

public sealed class CacheIndexTests
{
    private readonly CacheIndex _index = new();
    private readonly Sha256Digest _a = Sha256Digest.Of([1]);
    private readonly Sha256Digest _b = Sha256Digest.Of([2]);

    [Fact]
    public void Put_Again_ChangesAndIsUsedLast()
    {
        _index.Put(_a, 100, complete: false);
        _index.Put(_b, 10, complete: true);
        Oldest().Should().Be(_a);

        _index.Put(_a, 50, complete: true);

        _index.Total.Should().Be(60);
        _index.Count.Should().Be(2);
        Oldest().Should().Be(_b);
    }

    [Fact]
    public void Put_Pinned_KeepsItsPins()
    {
        _index.Put(_a, 100, complete: false).Pins++;

        _index.Put(_a, 100, complete: true).Pins.Should().Be(1);
    }

    [Fact]
    public void Use_Oldest_IsEvictedLater()
    {
        _index.Put(_a, 1, complete: true);
        _index.Put(_b, 1, complete: true);

        _index.Use(_a);

        Oldest().Should().Be(_b);
    }

    [Fact]
    public void Oldest_OnlyPinned_Null()
    {
        _index.Put(_a, 100, complete: true).Pins++;

        Oldest().Should().BeNull();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Oldest_Held_LastOrNever(bool heldToo)
    {
        _index.Put(_a, 100, complete: true);
        _index.Put(_b, 100, complete: true);

        _index.Oldest(d => d == _a, heldToo)!.Digest.Should().Be(_b);
        _index.Remove(_b);
        (_index.Oldest(d => d == _a, heldToo) is not null).Should().Be(heldToo);
    }

    [Fact]
    public void Sums_PinnedSparedAndNot_AreKeptApart()
    {
        var c = Sha256Digest.Of([3]);
        _index.Put(_a, 100, complete: false).Pins++;
        _index.Put(_b, 10, complete: true);
        _index.Put(c, 1, complete: true);

        _index.Evictable(_ => false).Should().Be(11);
        _index.Evictable(d => d == c).Should().Be(10);
        _index.Running.Should().ContainSingle().Which.Digest.Should().Be(_a);
        _index.Complete.Select(i => i.Digest).Should().BeEquivalentTo([_b, c]);
    }

    [Fact]
    public void Remove_Unknown_ChangesNothing()
    {
        _index.Put(_a, 100, complete: true);

        _index.Remove(_b);

        _index.Total.Should().Be(100);
    }

    private Sha256Digest? Oldest() => _index.Oldest(_ => false, heldToo: false)?.Digest;
}
