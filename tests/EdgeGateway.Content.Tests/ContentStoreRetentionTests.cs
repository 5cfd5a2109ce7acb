using EdgeGateway.Content;

namespace EdgeGateway.Content.Tests;

/// <summary>Content fetched ahead.</summary>
public sealed class ContentStoreRetentionTests : IAsyncLifetime
{
    private const int Size = 100_000;
    private readonly StoreBed _bed = new();

    public ContentStoreRetentionTests()
    {
        _bed.Options.MaxBytes = 10 * Size;
        _bed.Options.MaxHeldBytes = 3 * Size;
    }

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await _bed.DisposeAsync();

    [Fact]
    public async Task HoldAsync_Absent_FetchesAndTellsProgress()
    {
        var content = New(1);
        var progress = new LastReport();

        var hold = await _bed.Store.RetainAsync(content, In(1), progress, default);

        hold.Should().Be(new RetainedContent(content.Digest, Size, In(1)));
        progress.Value.Should().Be(Size);
        _bed.Store.Retained.Should().Equal(hold);
        File.Exists(_bed.Folder.FileOf(content.Digest)).Should().BeTrue();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Hold_OthersNeedRoom_StaysUntilItsTimeIsOver(bool restart)
    {
        var content = New(1);
        await RetainAsync(content);
        if (restart)
        {
            await _bed.RestartAsync();
        }

        await FillAsync();
        IsPresent(content).Should().BeTrue();

        _bed.Time.Advance(TimeSpan.FromDays(1));
        await FillAsync();
        IsPresent(content).Should().BeFalse();
        _bed.Store.Retained.Should().BeEmpty();
    }

    [Theory]
    [InlineData("lease")]
    [InlineData("reader")]
    [InlineData("release")]
    public async Task Hold_Used_Ends(string use)
    {
        var content = New(1);
        await RetainAsync(content);

        switch (use)
        {
            case "lease":
                await _bed.UseAsync(content);
                break;
            case "reader":
                (await _bed.Store.TryOpenAsync(content.Digest, default))!.Dispose();
                break;
            default:
                _bed.Store.Release(content.Digest).Should().BeTrue();
                break;
        }

        _bed.Store.Retained.Should().BeEmpty();
        _bed.Store.Release(content.Digest).Should().BeFalse();
        await _bed.RestartAsync();
        _bed.Store.Retained.Should().BeEmpty();
    }

    [Fact]
    public async Task HoldAsync_ShareUsedUp_StoreFullAndNothingFetched()
    {
        for (var i = 0; i < 3; i++)
        {
            await RetainAsync(New(i));
        }

        var more = () => RetainAsync(New(3));

        (await more.Should().ThrowAsync<ContentException>().WithMessage("*300000*MaxHeldBytes*")).Which.Failure.Should().Be(ContentFailure.StoreFull);
        _bed.Source.Opens.Should().HaveCount(3);
        _bed.Store.Release(New(0).Digest);
        await RetainAsync(New(3));
    }

    [Fact]
    public async Task HoldAsync_SettingAboveHalfOfTheStore_HalfIsTheBound()
    {
        _bed.Options.MaxHeldBytes = 100 * Size;
        for (var i = 0; i < 5; i++)
        {
            await RetainAsync(New(i));
        }

        var more = () => RetainAsync(New(5));

        (await more.Should().ThrowAsync<ContentException>()).Which.Failure.Should().Be(ContentFailure.StoreFull);
        _bed.Source.Opens.Should().HaveCount(5);
    }

    [Fact]
    public async Task HoldAsync_SeveralAtOnce_TheirRoomIsCounted()
    {
        var stalled = _bed.Source.StallAt(1000);
        using var cancel = new CancellationTokenSource();
        var first = _bed.Store.RetainAsync(New(0) with { Size = 3 * Size }, In(1), null, cancel.Token);
        await stalled;

        var second = () => RetainAsync(New(1));

        (await second.Should().ThrowAsync<ContentException>()).Which.Failure.Should().Be(ContentFailure.StoreFull);
        await cancel.CancelAsync();
        await first.Awaiting(f => f).Should().ThrowAsync<OperationCanceledException>();
        await RetainAsync(New(1));
    }

    [Fact]
    public async Task HoldAsync_Again_MovesTheTime()
    {
        await RetainAsync(New(1));

        await _bed.Store.RetainAsync(New(1), In(5), null, default);

        _bed.Store.Retained.Should().ContainSingle().Which.Until.Should().Be(In(5));
        _bed.Source.Opens.Should().ContainSingle();
    }

    [Fact]
    public async Task HoldAsync_Fails_HoldsNothing()
    {
        var content = New(1);
        _bed.Source.Refuse(ContentFailure.NotFound);

        await this.Awaiting(t => t.RetainAsync(content)).Should().ThrowAsync<ContentException>();

        _bed.Store.Retained.Should().BeEmpty();
    }

    [Fact]
    public async Task AcquireAsync_NoOtherRoom_HeldContentGoes()
    {
        var held = New(1);
        await RetainAsync(held);

        using var lease = await _bed.AcquireAsync(_bed.Source.Add(StoreBed.Bytes((10 * Size) - 10, seed: 9)));

        IsPresent(held).Should().BeFalse();
        _bed.Store.Retained.Should().BeEmpty();
    }

    [Fact]
    public async Task HoldAsync_NoOtherRoom_HeldContentStays()
    {
        _bed.Options.MaxBytes = 6 * Size;
        await RetainAsync(New(1));
        using var lease = await _bed.AcquireAsync(_bed.Source.Add(StoreBed.Bytes((5 * Size) - 10, seed: 9)));

        var more = () => RetainAsync(New(2));

        (await more.Should().ThrowAsync<ContentException>()).Which.Failure.Should().Be(ContentFailure.StoreFull);
        IsPresent(New(1)).Should().BeTrue();
    }

    [Fact]
    public async Task Open_RecordOfAnEarlierVersion_IsRetained()
    {
        var content = New(1);
        await RetainAsync(content);
        var record = Path.Combine(_bed.Options.Folder, "holds", content.Digest.ToString());
        var until = In(3);
        await File.WriteAllTextAsync(record, $"edgegateway-hold 1\nsize {Size}\nuntil {until.ToUnixTimeMilliseconds()}\n");

        await _bed.RestartAsync();

        _bed.Store.Retained.Should().Equal(new RetainedContent(content.Digest, Size, until));
    }

    [Fact]
    public async Task Open_NoteWithoutContentOrDamaged_Forgotten()
    {
        await RetainAsync(New(1));
        await RetainAsync(New(2));
        File.Delete(_bed.Folder.FileOf(New(1).Digest));
        await File.WriteAllTextAsync(Path.Combine(_bed.Options.Folder, "holds", New(2).Digest.ToString()), "edgegateway-hold 1\nsize x");
        await _bed.RestartAsync();

        _bed.Store.Retained.Should().BeEmpty();

        Directory.EnumerateFiles(Path.Combine(_bed.Options.Folder, "holds")).Should().BeEmpty();
    }

    private Task<RetainedContent> RetainAsync(ContentReference content) =>
        _bed.Store.RetainAsync(content, In(1), null, default).WaitAsync(StoreBed.Patience);

    private async Task FillAsync()
    {
        for (var i = 0; i < 12; i++)
        {
            await _bed.UseAsync(New(100 + i));
        }
    }

    private bool IsPresent(ContentReference content) => File.Exists(_bed.Folder.FileOf(content.Digest));

    private ContentReference New(int seed) => _bed.Source.Add(StoreBed.Bytes(Size, seed));

    private static DateTimeOffset In(int days) => new DateTimeOffset(2026, 11, 1, 12, 0, 0, TimeSpan.Zero) + TimeSpan.FromDays(days);

    private sealed class LastReport : IProgress<long>
    {
        public long Value { get; private set; }

        public void Report(long value) => Value = value;
    }
}
