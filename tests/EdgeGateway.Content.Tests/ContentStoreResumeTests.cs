using EdgeGateway.Content;

namespace EdgeGateway.Content.Tests;

public sealed class ContentStoreResumeTests : IAsyncLifetime
{
    private const int Size = 300_000;
    private readonly StoreBed _bed = new();
    private readonly byte[] _bytes = StoreBed.Bytes(Size);

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await _bed.DisposeAsync();

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(65_535)]
    [InlineData(65_536)]
    [InlineData(65_537)]
    [InlineData(200_000)]
    [InlineData(Size - 1)]
    public async Task AcquireAsync_BodyBreaksOff_GoesOnThere(int offset)
    {
        var content = _bed.Source.Add(_bytes);
        _bed.Source.BreakAt(offset);

        await Completes(content, 0, offset);

        _bed.Source.Served.Should().Be(Size);
        _bed.Source.Opens.Last().From.Validator.Should().Be("v1");
    }

    [Fact]
    public async Task AcquireAsync_BreaksOffAfterTheLastByte_IsComplete()
    {
        var content = _bed.Source.Add(_bytes);
        _bed.Source.BreakAt(Size);
        _bed.Options.Retries = 0;

        await Completes(content, 0);
    }

    [Fact]
    public async Task AcquireAsync_ShortBodyEachTime_GetsFurtherEachTime()
    {
        var content = _bed.Source.Add(_bytes);
        _bed.Options.Retries = 1;
        _bed.Source.BreakAt(70_000);
        _bed.Source.BreakAt(140_000);
        _bed.Source.BreakAt(210_000);

        await Completes(content, 0, 70_000, 140_000, 210_000);
    }

    [Fact]
    public async Task AcquireAsync_NoProgressAtAll_GivesUp()
    {
        var content = _bed.Source.Add(_bytes);
        _bed.Options.Retries = 2;
        for (var i = 0; i < 10; i++)
        {
            _bed.Source.BreakAt(100_000);
        }

        var thrown = await _bed.Awaiting(b => b.AcquireAsync(content)).Should().ThrowAsync<ContentException>();

        thrown.Which.Failure.Should().Be(ContentFailure.Unreachable);
        _bed.Source.Opens.Should().HaveCount(3);
    }

    [Fact]
    public async Task AcquireAsync_SourceWithoutRanges_StartsAgainAndCompletes()
    {
        var content = _bed.Source.Add(_bytes);
        _bed.Source.BreakAt(100_000);
        _bed.Source.Script.Enqueue((bytes, _) => _bed.Source.Serve(bytes, ResumePoint.Start));

        await Completes(content, 0, 100_000);

        _bed.Source.Served.Should().Be(Size + 100_000);
    }

    [Fact]
    public async Task AcquireAsync_SourceAnswersWithAnotherOffset_IsRefusedAndTriedAgain()
    {
        var content = _bed.Source.Add(_bytes);
        _bed.Source.BreakAt(100_000);
        _bed.Source.Script.Enqueue((bytes, _) => _bed.Source.Serve(bytes, new ResumePoint(50_000, null)));

        await Completes(content, 0, 100_000, 100_000);
    }

    [Fact]
    public async Task AcquireAsync_AfterFailure_LaterCallGoesOn()
    {
        var content = _bed.Source.Add(_bytes);
        _bed.Options.Retries = 0;
        _bed.Source.BreakAt(123_456);
        await _bed.Awaiting(b => b.AcquireAsync(content)).Should().ThrowAsync<ContentException>();

        await _bed.RestartAsync();

        await Completes(content, 0, 123_456);
    }

    [Theory]
    [InlineData(70_000, 65_536)] // a mark comes with every 64 KiB
    [InlineData(65_000, 0)]
    [InlineData(145_000, 131_072)]
    [InlineData(299_999, 262_144)]
    public async Task AcquireAsync_AfterKill_GoesOnAtTheLastMark(int killedAt, int goesOnAt)
    {
        var content = await KilledAt(killedAt);

        await Completes(content, 0, goesOnAt);

        _bed.Source.Opens.Last().From.Validator.Should().Be("v1");
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(65_535, 0)]
    [InlineData(65_536, 65_536)]
    [InlineData(131_071, 65_536)]
    [InlineData(131_072, 131_072)]
    public async Task AcquireAsync_AfterKillWithACorruptedByte_GoesOnBeforeIt(int corrupted, int goesOnAt)
    {
        var content = await KilledAt(200_000);
        Patch(_bed.Folder.PartialOf(content.Digest), corrupted);

        await Completes(content, 0, goesOnAt);
    }

    [Fact]
    public async Task AcquireAsync_AfterKillWithTrailingGarbage_DropsIt()
    {
        var content = await KilledAt(200_000);
        await File.AppendAllBytesAsync(_bed.Folder.PartialOf(content.Digest), StoreBed.Bytes(500_000, seed: 3));
        await File.AppendAllTextAsync(_bed.Folder.RecordOf(content.Digest), "210000 torn");

        await Completes(content, 0, 196_608);
    }

    [Fact]
    public async Task AcquireAsync_AfterKillWithDataLost_GoesOnBeforeTheHole()
    {
        var content = await KilledAt(290_000);
        await using (var file = File.OpenWrite(_bed.Folder.PartialOf(content.Digest)))
        {
            file.SetLength(150_000); // as after a power cut: the notes reached the disk, the last bytes did not
        }

        await Completes(content, 0, 131_072);
    }

    [Fact]
    public async Task AcquireAsync_AfterKillWithoutNotes_StartsAgain()
    {
        var content = await KilledAt(200_000);
        File.Delete(_bed.Folder.RecordOf(content.Digest));

        await Completes(content, 0, 0);
    }

    [Fact]
    public async Task AcquireAsync_PartOfAnotherSize_StartsAgain()
    {
        var content = _bed.Source.Add(_bytes);
        _bed.Options.Retries = 0;
        _bed.Source.BreakAt(100_000);
        await _bed.Awaiting(b => b.AcquireAsync(content with { Size = Size + 1 })).Should().ThrowAsync<ContentException>();

        await Completes(content, 0, 0);
    }

    [Fact]
    public async Task AcquireAsync_KilledBeforeTheFinalName_CompletesWithoutTheSource()
    {
        var content = _bed.Source.Add(_bytes);
        _bed.Disk.OnPublish = (_, _) => throw new IOException("killed");
        await _bed.Awaiting(b => b.AcquireAsync(content)).Should().ThrowAsync<ContentException>();
        _bed.Disk.OnPublish = (_, _) => { };
        _bed.RestartAfterKill();

        using var lease = await _bed.AcquireAsync(content);

        StoreBed.ReadAll(lease).SequenceEqual(_bytes).Should().BeTrue();
        _bed.Source.Opens.Last().From.Offset.Should().BeGreaterOrEqualTo(262_144);
    }

    private async Task<ContentReference> KilledAt(int offset)
    {
        var content = _bed.Source.Add(_bytes);
        var stalled = _bed.Source.StallAt(offset);
        using var cancel = new CancellationTokenSource();
        var written = _bed.Disk.Reaches(offset);
        var acquiring = _bed.AcquireAsync(content, cancel.Token);
        await stalled;
        await written;
        _bed.RestartAfterKill();
        await cancel.CancelAsync();
        await acquiring.Awaiting(a => a).Should().ThrowAsync<OperationCanceledException>();
        return content;
    }

    private async Task Completes(ContentReference content, params long[] offsets)
    {
        using var lease = await _bed.AcquireAsync(content);
        StoreBed.ReadAll(lease).SequenceEqual(_bytes).Should().BeTrue();
        _bed.Source.Opens.Select(o => o.From.Offset).Should().Equal(offsets);
    }

    private static void Patch(string path, int at)
    {
        using var file = File.Open(path, FileMode.Open);
        file.Position = at;
        var old = file.ReadByte();
        file.Position = at;
        file.WriteByte((byte)(old ^ 0x40));
    }
}
