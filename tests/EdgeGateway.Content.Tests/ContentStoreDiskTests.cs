using EdgeGateway.Content;

namespace EdgeGateway.Content.Tests;

public sealed class ContentStoreDiskTests : IAsyncLifetime
{
    private const int Size = 300_000;
    private readonly StoreBed _bed = new();

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await _bed.DisposeAsync();

    [Fact]
    public async Task AcquireAsync_NotEnoughFreeForTheGuard_DiskAndNothingDownloaded()
    {
        var content = New(1);
        _bed.Options.MinFreeBytes = 1_000_000;
        _bed.Disk.Capacity = 1_000_000 + Size - 1;

        await Fails(content, "*1299999 bytes free*need 300000 more*1000000*MinFreeBytes*");

        _bed.Source.Opens.Should().BeEmpty();
    }

    [Fact]
    public async Task AcquireAsync_NotEnoughFree_EvictsForTheGuard()
    {
        var (a, b) = (New(1), New(2));
        await _bed.UseAsync(a);
        _bed.Disk.Capacity = 500_000;
        _bed.Options.MinFreeBytes = 100_000;

        await _bed.UseAsync(b);

        File.Exists(_bed.Folder.FileOf(a.Digest)).Should().BeFalse();
    }

    [Fact]
    public async Task AcquireAsync_EvictingWouldNotHelp_NothingIsEvicted()
    {
        var (a, b) = (New(1), New(2));
        await _bed.UseAsync(a);
        _bed.Disk.Capacity = 500_000;
        _bed.Options.MinFreeBytes = 250_000;

        await Fails(b, "*bytes free*");

        File.Exists(_bed.Folder.FileOf(a.Digest)).Should().BeTrue();
    }

    [Fact]
    public async Task AcquireAsync_AnotherDownloadUnderWay_ItsRestIsCountedToo()
    {
        var (a, b) = (New(1), New(2));
        _bed.Disk.Capacity = 500_000;
        using var cancel = new CancellationTokenSource();
        var stalled = _bed.Source.StallAt(100_000);
        var written = _bed.Disk.Reaches(100_000);
        var other = _bed.AcquireAsync(a, cancel.Token);
        await stalled;
        await written;

        await Fails(b, "*need 500000 more*");

        await cancel.CancelAsync();
        await other.Awaiting(o => o).Should().ThrowAsync<OperationCanceledException>();
    }

    [Theory]
    [InlineData(28)]
    [InlineData(unchecked((int)0x80070070))]
    public async Task AcquireAsync_DiskFullWhileDownloading_DiskWithClearText(int code)
    {
        var content = New(1);
        FillUpAt(150_000, new IOException("No space left on device", code));

        await Fails(content, $"The disk of {_bed.Options.Folder} is full*{Size} bytes*");
    }

    [Fact]
    public async Task AcquireAsync_DiskFullWhileDownloading_PartGivesItsRoomBack()
    {
        var content = New(1);
        FillUpAt(150_000);
        _bed.Options.MinFreeBytes = 20_000;

        await Fails(content, "*full*");

        Directory.EnumerateFiles(_bed.Options.Folder, "*", SearchOption.AllDirectories).Should().BeEmpty();
    }

    [Fact]
    public async Task AcquireAsync_RoomAgainAfterDiskFull_GoesOn()
    {
        var content = New(1);
        FillUpAt(150_000);
        await Fails(content, "*full*");
        _bed.Disk.Capacity = null;

        await _bed.UseAsync(content);

        _bed.Source.Opens.Last().From.Offset.Should().Be(131_072, "the bytes up to the last mark are still good");
    }

    [Fact]
    public async Task AcquireAsync_DiskBroken_DiskWithItsText()
    {
        var content = New(1);
        _bed.Disk.OnPublish = (_, _) => throw new IOException("Input/output error", 5);

        await Fails(content, $"*cannot write the {Size} bytes of content {content.Digest}*Input/output error");
    }

    [Fact]
    public async Task AcquireAsync_FolderCannotBeMade_DiskEachTimeUntilItCan()
    {
        var content = New(1);
        var blocker = Path.Combine(_bed.Options.Folder, "sha256");
        await File.WriteAllTextAsync(blocker, "a file where the folder should be");
        await Fails(content, "*cannot write*");
        File.Delete(blocker);

        await _bed.UseAsync(content);

        File.Exists(_bed.Folder.FileOf(content.Digest)).Should().BeTrue();
    }

    private ContentReference New(int seed) => _bed.Source.Add(StoreBed.Bytes(Size, seed));

    /// <summary>Fills the disk from outside once that many bytes are on it.</summary>
    private void FillUpAt(int bytes, IOException? full = null)
    {
        _bed.Disk.Full = full ?? _bed.Disk.Full;
        _bed.Source.Script.Enqueue((all, from) =>
        {
            _bed.Disk.Capacity = bytes;
            return _bed.Source.Serve(all, from);
        });
    }

    private async Task Fails(ContentReference content, string text)
    {
        var thrown = await _bed.Awaiting(b => b.AcquireAsync(content)).Should().ThrowAsync<ContentException>().WithMessage(text);
        thrown.Which.Failure.Should().Be(ContentFailure.Disk);
    }
}
