using EdgeGateway.Firmware.Content.Files;
using EdgeGateway.Serial;

namespace EdgeGateway.Firmware.Tests.Content.Files;

public sealed class ContentLedgerTests
{
    private readonly ContentLedger _ledger = new();
    private readonly Sha256Digest _a = Sha256Digest.Of([1]);
    private readonly Sha256Digest _b = Sha256Digest.Of([2]);

    [Fact]
    public void Put_Again_ReplacesAndIsUsedLast()
    {
        _ledger.Put(_a, 100, complete: false, pinned: false);
        _ledger.Put(_b, 10, complete: true, pinned: false);
        _ledger.Oldest()!.Digest.Should().Be(_a);

        _ledger.Put(_a, 50, complete: true, pinned: false);

        _ledger.Total.Should().Be(60);
        _ledger.Count.Should().Be(2);
        _ledger.Oldest()!.Digest.Should().Be(_b);
    }

    [Fact]
    public void Oldest_OnlyPinned_Null()
    {
        _ledger.Put(_a, 100, complete: true, pinned: true);

        _ledger.Oldest().Should().BeNull();
    }

    [Fact]
    public void Sums_PinnedAndNot_AreKeptApart()
    {
        _ledger.Put(_a, 100, complete: false, pinned: true);
        _ledger.Put(_b, 10, complete: true, pinned: false);

        _ledger.Evictable.Should().Be(10);
        _ledger.Underway.Should().ContainSingle().Which.Digest.Should().Be(_a);
    }

    [Fact]
    public void Remove_Unknown_ChangesNothing()
    {
        _ledger.Put(_a, 100, complete: true, pinned: false);

        _ledger.Remove(_b);

        _ledger.Total.Should().Be(100);
    }
}
