using EdgeGateway.Content.Files;

namespace EdgeGateway.Content.Tests.Files;

public sealed class ContentLedgerTests
{
    private readonly ContentLedger _ledger = new();
    private readonly Sha256Digest _a = Sha256Digest.Of([1]);
    private readonly Sha256Digest _b = Sha256Digest.Of([2]);

    [Fact]
    public void Put_Again_ChangesAndIsUsedLast()
    {
        _ledger.Put(_a, 100, complete: false);
        _ledger.Put(_b, 10, complete: true);
        Oldest().Should().Be(_a);

        _ledger.Put(_a, 50, complete: true);

        _ledger.Total.Should().Be(60);
        _ledger.Count.Should().Be(2);
        Oldest().Should().Be(_b);
    }

    [Fact]
    public void Put_Pinned_KeepsItsPins()
    {
        _ledger.Put(_a, 100, complete: false).Pins++;

        _ledger.Put(_a, 100, complete: true).Pins.Should().Be(1);
    }

    [Fact]
    public void Use_Oldest_IsEvictedLater()
    {
        _ledger.Put(_a, 1, complete: true);
        _ledger.Put(_b, 1, complete: true);

        _ledger.Use(_a);

        Oldest().Should().Be(_b);
    }

    [Fact]
    public void Oldest_OnlyPinned_Null()
    {
        _ledger.Put(_a, 100, complete: true).Pins++;

        Oldest().Should().BeNull();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Oldest_Held_LastOrNever(bool heldToo)
    {
        _ledger.Put(_a, 100, complete: true);
        _ledger.Put(_b, 100, complete: true);

        _ledger.Oldest(d => d == _a, heldToo)!.Digest.Should().Be(_b);
        _ledger.Remove(_b);
        (_ledger.Oldest(d => d == _a, heldToo) is not null).Should().Be(heldToo);
    }

    [Fact]
    public void Sums_PinnedSparedAndNot_AreKeptApart()
    {
        var c = Sha256Digest.Of([3]);
        _ledger.Put(_a, 100, complete: false).Pins++;
        _ledger.Put(_b, 10, complete: true);
        _ledger.Put(c, 1, complete: true);

        _ledger.Evictable(_ => false).Should().Be(11);
        _ledger.Evictable(d => d == c).Should().Be(10);
        _ledger.Underway.Should().ContainSingle().Which.Digest.Should().Be(_a);
        _ledger.Complete.Select(i => i.Digest).Should().BeEquivalentTo([_b, c]);
    }

    [Fact]
    public void Remove_Unknown_ChangesNothing()
    {
        _ledger.Put(_a, 100, complete: true);

        _ledger.Remove(_b);

        _ledger.Total.Should().Be(100);
    }

    private Sha256Digest? Oldest() => _ledger.Oldest(_ => false, heldToo: false)?.Digest;
}
