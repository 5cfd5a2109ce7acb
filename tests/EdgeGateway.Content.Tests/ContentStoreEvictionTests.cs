using EdgeGateway.Content;

namespace EdgeGateway.Content.Tests;

public sealed class ContentStoreEvictionTests : IAsyncLifetime
{
    private readonly StoreBed _bed = new();

    public ContentStoreEvictionTests() => _bed.Options.MaxBytes = 300_000;

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await _bed.DisposeAsync();

    [Fact]
    public async Task AcquireAsync_StoreFull_EvictsTheLeastRecentlyUsed()
    {
        var (a, b, c, d) = (New(1), New(2), New(3), New(4));
        await _bed.UseAsync(a);
        await _bed.UseAsync(b);
        await _bed.UseAsync(c);
        await _bed.UseAsync(a);

        await _bed.UseAsync(d);

        Stored(a, b, c, d).Should().Equal(true, false, true, true);
    }

    [Fact]
    public async Task AcquireAsync_AfterRestart_OrderOfUseSurvives()
    {
        var (a, b, c, d) = (New(1), New(2), New(3), New(4));
        await _bed.UseAsync(b);
        await _bed.UseAsync(c);
        await _bed.UseAsync(a);
        await _bed.UseAsync(b);
        await _bed.RestartAsync();

        await _bed.UseAsync(d);
        Stored(a, b, c, d).Should().Equal(true, true, false, true);

        await _bed.UseAsync(c);
        Stored(a, b, c, d).Should().Equal(false, true, true, true);
        _bed.Source.Opens.Should().HaveCount(5);
    }

    [Fact]
    public async Task AcquireAsync_OldestIsHeld_EvictsTheNext()
    {
        var (a, b, c, d) = (New(1), New(2), New(3), New(4));
        using var held = await _bed.AcquireAsync(a);
        await _bed.UseAsync(b);
        await _bed.UseAsync(c);

        await _bed.UseAsync(d);

        Stored(a, b, c, d).Should().Equal(true, false, true, true);
        StoreBed.ReadAll(held).Should().HaveCount(100_000);
    }

    [Fact]
    public async Task AcquireAsync_EverythingIsHeld_StoreFullUntilSomebodyLetsGo()
    {
        var (a, b, c, d) = (New(1), New(2), New(3), New(4));
        var held = await _bed.AcquireAsync(a);
        using var second = await _bed.AcquireAsync(b);
        using var third = await _bed.AcquireAsync(c);

        var thrown = await _bed.Awaiting(x => x.AcquireAsync(d)).Should().ThrowAsync<ContentException>().WithMessage("*use 300000 of 300000*");
        thrown.Which.Failure.Should().Be(ContentFailure.StoreFull);
        held.Dispose();

        await _bed.UseAsync(d);
        Stored(a, d).Should().Equal(false, true);
    }

    [Fact]
    public async Task AcquireAsync_EvictingWouldNotHelp_NothingIsEvicted()
    {
        var (a, b, large) = (New(1), New(2), New(3, 250_000));
        using var held = await _bed.AcquireAsync(a);
        await _bed.UseAsync(b);

        var thrown = await _bed.Awaiting(x => x.AcquireAsync(large)).Should().ThrowAsync<ContentException>();

        thrown.Which.Failure.Should().Be(ContentFailure.StoreFull);
        Stored(a, b).Should().Equal(true, true);
    }

    [Fact]
    public async Task AcquireAsync_LeaseDisposedTwice_CountsOnce()
    {
        var (a, b, c, d) = (New(1), New(2), New(3), New(4));
        var first = await _bed.AcquireAsync(a);
        using var second = await _bed.AcquireAsync(a);
        first.Dispose();
        first.Dispose();
        await _bed.UseAsync(b);
        await _bed.UseAsync(c);

        await _bed.UseAsync(d);

        Stored(a, b).Should().Equal(true, false);
        first.Invoking(f => f.Read(0, new byte[1])).Should().Throw<ObjectDisposedException>();
    }

    [Fact]
    public async Task AcquireAsync_LargerThanTheStore_StoreFullAndNothingEvicted()
    {
        var (a, large) = (New(1), New(2, 300_001));
        await _bed.UseAsync(a);

        var thrown = await _bed.Awaiting(b => b.AcquireAsync(large)).Should().ThrowAsync<ContentException>().WithMessage("*300001*300000*MaxBytes*");

        thrown.Which.Failure.Should().Be(ContentFailure.StoreFull);
        Stored(a).Should().Equal(true);
        _bed.Source.Opens.Should().ContainSingle();
    }

    [Fact]
    public async Task AcquireAsync_BrokenOffDownloads_CountAndAreEvictedToo()
    {
        var (a, b, c) = (New(1), New(2, 200_000), New(3, 250_000));
        _bed.Options.Retries = 0;
        _bed.Source.BreakAt(150_000);
        await _bed.Awaiting(x => x.AcquireAsync(b)).Should().ThrowAsync<ContentException>();
        await _bed.UseAsync(a);
        File.Exists(_bed.Folder.PartialOf(b.Digest)).Should().BeTrue();

        await _bed.UseAsync(c);

        File.Exists(_bed.Folder.PartialOf(b.Digest)).Should().BeFalse();
        File.Exists(_bed.Folder.RecordOf(b.Digest)).Should().BeFalse();
        Stored(a, c).Should().Equal(false, true);
    }

    [Fact]
    public async Task AcquireAsync_BoundLowered_HoldsFromTheNextDownload()
    {
        var (a, b, c) = (New(1), New(2), New(3));
        await _bed.UseAsync(a);
        await _bed.UseAsync(b);
        _bed.Options.MaxBytes = 150_000;

        await _bed.UseAsync(c);

        Stored(a, b, c).Should().Equal(false, false, true);
    }

    private ContentReference New(int seed, int size = 100_000) => _bed.Source.Add(StoreBed.Bytes(size, seed));

    private IEnumerable<bool> Stored(params ContentReference[] contents) => contents.Select(c => File.Exists(_bed.Folder.FileOf(c.Digest)));
}
