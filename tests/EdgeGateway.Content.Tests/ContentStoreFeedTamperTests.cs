using EdgeGateway.Content;
using EdgeGateway.Content.Cache;

namespace EdgeGateway.Content.Tests;

/// <summary>Readers and a disk that does not keep what was put on it.</summary>
public sealed class ContentStoreFeedTamperTests : IAsyncLifetime
{
    private const int Size = 3_000_000;
    private readonly StoreBed _bed = new();
    private readonly byte[] _bytes = StoreBed.Bytes(Size);

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await _bed.DisposeAsync();

    [Theory]
    [InlineData(0)]
    [InlineData(Size - 1)]
    public async Task ReadAsync_ChangedWhileOpen_NobodyGetsAllOfIt(int at)
    {
        var content = await PresentAsync();
        using var reader = await _bed.OpenAsync(content);
        await StoreBed.ReadAsync(reader, 0, 1000);
        Patch(content, at);

        var reading = () => StoreBed.ReadAsync(reader, 1000);

        (await reading.Should().ThrowAsync<ContentException>()).Which.Failure.Should().Be(ContentFailure.WrongDigest);
        using var again = await _bed.OpenAsync(content);
        (await StoreBed.ReadAsync(again)).SequenceEqual(_bytes).Should().BeTrue("it is downloaded again");
        _bed.Source.Opens.Should().HaveCount(2);
    }

    [Fact]
    public async Task ReadAsync_CutShortWhileOpen_Refused()
    {
        var content = await PresentAsync();
        using var reader = await _bed.OpenAsync(content);
        await using (var file = OpenShared(content))
        {
            file.SetLength(1000);
        }

        var reading = () => StoreBed.ReadAsync(reader);

        (await reading.Should().ThrowAsync<ContentException>()).Which.Failure.Should().Be(ContentFailure.WrongDigest);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task OpenAsync_ChangedBetweenReaders_DownloadsAgain(bool held)
    {
        var content = await PresentAsync();
        using var other = held ? await _bed.OpenAsync(content) : null;
        Patch(content, 2_000_000);

        using var reader = await _bed.OpenAsync(content);

        (await StoreBed.ReadAsync(reader)).SequenceEqual(_bytes).Should().BeTrue();
        _bed.Source.Opens.Should().HaveCount(2);
    }

    [Fact]
    public async Task OpenAsync_OnlyTheTimeOfTheFileChanged_CheckedAndServed()
    {
        var content = await PresentAsync();
        using var other = await _bed.OpenAsync(content);
        File.SetLastWriteTimeUtc(_bed.Folder.FileOf(content.Digest), new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc));

        using var reader = await _bed.OpenAsync(content);

        (await StoreBed.ReadAsync(reader)).SequenceEqual(_bytes).Should().BeTrue();
        _bed.Source.Opens.Should().ContainSingle();
        other!.Dispose();
        File.Exists(_bed.Folder.FileOf(content.Digest)).Should().BeTrue();
    }

    [Fact]
    public async Task OpenAsync_FileReplaced_ReadersOfTheOldOneAreNotHarmed()
    {
        var content = await PresentAsync();
        using var reader = await _bed.OpenAsync(content);
        var path = _bed.Folder.FileOf(content.Digest);
        File.Delete(path);
        await File.WriteAllBytesAsync(path, StoreBed.Bytes(Size, seed: 2));

        (await StoreBed.ReadAsync(reader)).SequenceEqual(_bytes).Should().BeTrue();
    }

    [Fact]
    public async Task TryOpenAsync_DamagedWhileTheGatewayWasOff_NullAndDeleted()
    {
        var content = await PresentAsync();
        await _bed.Store.DisposeAsync();
        Patch(content, 7);
        await _bed.RestartAsync();

        (await _bed.Store.TryOpenAsync(content.Digest, default)).Should().BeNull();

        File.Exists(_bed.Folder.FileOf(content.Digest)).Should().BeFalse();
        _bed.Source.Opens.Should().ContainSingle("it was only asked whether it is there");
    }

    [Fact]
    public async Task OpenAsync_EvictedWhileIdle_NotServedFromItsOpenFile()
    {
        var content = await PresentAsync();
        _bed.Options.MaxBytes = Size + 100_000;
        await _bed.UseAsync(_bed.Source.Add(StoreBed.Bytes(200_000, seed: 2)));

        (await _bed.Store.TryOpenAsync(content.Digest, default)).Should().BeNull();
    }

    [Fact]
    public async Task OpenAsync_RestedLong_HashedAgain()
    {
        var content = await PresentAsync();
        _bed.Time.Advance(IdleFiles.Longest + TimeSpan.FromSeconds(1));

        using var reader = await _bed.OpenAsync(content);
        (await StoreBed.ReadAsync(reader)).SequenceEqual(_bytes).Should().BeTrue();
        _bed.Source.Opens.Should().ContainSingle();
    }

    private async Task<ContentReference> PresentAsync()
    {
        var content = _bed.Source.Add(_bytes);
        await _bed.UseAsync(content);
        return content;
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
