using EdgeGateway.Content;
using EdgeGateway.Content.Cache;

namespace EdgeGateway.Content.Tests;

public sealed class ContentStoreTamperTests : IAsyncLifetime
{
    private const int Size = 300_000;
    private readonly StoreBed _bed = new();
    private readonly byte[] _bytes = StoreBed.Bytes(Size);

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await _bed.DisposeAsync();

    [Theory]
    [InlineData(0)]
    [InlineData(16_384)]
    [InlineData(Size - 1)]
    public async Task Read_ByteChangedOnDisk_RefusesItsBlockAndContentLeavesTheStore(int at)
    {
        var content = _bed.Source.Add(_bytes);
        using var lease = await _bed.AcquireAsync(content);
        Patch(content, at);
        var buffer = new byte[VerifiedFile.SmallestBlock];
        var start = Math.Min(at / VerifiedFile.SmallestBlock * VerifiedFile.SmallestBlock, Size - buffer.Length);

        lease.Invoking(l => l.Read(start, buffer)).Should().Throw<ContentException>().WithMessage("*changed on disk*")
            .Which.Failure.Should().Be(ContentFailure.WrongDigest);

        buffer[Math.Min(at - start, buffer.Length - 1)].Should().Be(0, "nothing of a bad block is handed out");
        File.Exists(_bed.Folder.FileOf(content.Digest)).Should().BeFalse();
    }

    [Fact]
    public async Task Read_OtherBlocksOfChangedContent_AreStillGood()
    {
        var content = _bed.Source.Add(_bytes);
        using var lease = await _bed.AcquireAsync(content);
        Patch(content, 100_000);
        lease.Invoking(l => StoreBed.ReadAll(l)).Should().Throw<ContentException>();
        var buffer = new byte[1000];

        lease.Read(10_000, buffer);

        buffer.Should().Equal(_bytes[10_000..11_000]);
    }

    [Fact]
    public async Task AcquireAsync_AfterChangeWasFound_DownloadsAgainWhileTheOldLeaseLives()
    {
        var content = _bed.Source.Add(_bytes);
        using var old = await _bed.AcquireAsync(content);
        Patch(content, 100_000);
        old.Invoking(l => StoreBed.ReadAll(l)).Should().Throw<ContentException>();

        using var fresh = await _bed.AcquireAsync(content);

        StoreBed.ReadAll(fresh).SequenceEqual(_bytes).Should().BeTrue();
        old.Invoking(l => StoreBed.ReadAll(l)).Should().Throw<ContentException>();
        old.Dispose();
        File.Exists(_bed.Folder.FileOf(content.Digest)).Should().BeTrue("the old lease has no say over the new file");
        _bed.Source.Opens.Should().HaveCount(2);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task AcquireAsync_ChangedWhileNobodyHeldIt_DownloadsAgain(bool restart)
    {
        var content = _bed.Source.Add(_bytes);
        await _bed.UseAsync(content);
        Patch(content, 200_000);
        if (restart)
        {
            await _bed.RestartAsync();
        }

        using var lease = await _bed.AcquireAsync(content);

        StoreBed.ReadAll(lease).SequenceEqual(_bytes).Should().BeTrue();
        _bed.Source.Opens.Should().HaveCount(2);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(Size - 1)]
    [InlineData(Size + 1)]
    public async Task AcquireAsync_LengthChangedOnDisk_DownloadsAgain(int length)
    {
        var content = _bed.Source.Add(_bytes);
        await _bed.UseAsync(content);
        await using (var file = OpenShared(content))
        {
            file.SetLength(length);
        }

        using var lease = await _bed.AcquireAsync(content);

        StoreBed.ReadAll(lease).SequenceEqual(_bytes).Should().BeTrue();
        _bed.Source.Opens.Should().HaveCount(2);
    }

    [Fact]
    public async Task Read_FileCutShort_Refused()
    {
        var content = _bed.Source.Add(_bytes);
        using var lease = await _bed.AcquireAsync(content);
        await using (var file = OpenShared(content))
        {
            file.SetLength(100_000);
        }

        lease.Invoking(l => StoreBed.ReadAll(l)).Should().Throw<ContentException>().Which.Failure.Should().Be(ContentFailure.WrongDigest);
    }

    [Fact]
    public async Task AcquireAsync_FileDeletedByHand_DownloadsAgain()
    {
        var content = _bed.Source.Add(_bytes);
        await _bed.UseAsync(content);
        File.Delete(_bed.Folder.FileOf(content.Digest));

        using var lease = await _bed.AcquireAsync(content);

        StoreBed.ReadAll(lease).SequenceEqual(_bytes).Should().BeTrue();
    }

    [Fact]
    public async Task AcquireAsync_FilesThatAreNotTheStores_AreGoneAfterStart()
    {
        var content = _bed.Source.Add(_bytes);
        await _bed.UseAsync(content);
        var final = _bed.Folder.FileOf(content.Digest);
        string[] strange =
        [
            Path.Combine(_bed.Options.Folder, "sha256", "readme.txt"),
            Path.Combine(Path.GetDirectoryName(final)!, "x.tmp"),
            Path.Combine(_bed.Options.Folder, "partial", content.Digest.ToString()),
            Path.Combine(_bed.Options.Folder, "partial", new string('a', 64) + ".resume"),
        ];
        foreach (var path in strange)
        {
            await File.WriteAllTextAsync(path, "strange");
        }

        await _bed.RestartAsync();
        await _bed.UseAsync(content);

        strange.Should().OnlyContain(p => !File.Exists(p));
        _bed.Source.Opens.Should().ContainSingle();
    }

    private FileStream OpenShared(ContentReference content) =>
        File.Open(_bed.Folder.FileOf(content.Digest), FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite);

    private void Patch(ContentReference content, int at)
    {
        using var file = OpenShared(content);
        file.Position = at;
        file.WriteByte((byte)(_bytes[at] ^ 1));
    }
}
