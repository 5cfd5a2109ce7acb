using EdgeGateway.Content;

namespace EdgeGateway.Content.Tests;

/// <summary>Readers that ask for the open file instead of the bytes, as the content endpoint does.</summary>
public sealed class ContentStoreFeedFileTests : IAsyncLifetime
{
    private const int Size = 3_000_000;
    private readonly StoreBed _bed = new();
    private readonly byte[] _bytes = StoreBed.Bytes(Size);

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await _bed.DisposeAsync();

    [Fact]
    public async Task FindAsync_Present_IsTheFileStretchByStretch()
    {
        var content = _bed.Source.Add(_bytes);
        await _bed.UseAsync(content);
        using var reader = await _bed.OpenAsync(content);

        (await CollectAsync(reader)).SequenceEqual(_bytes).Should().BeTrue();
        (await reader.FindAsync(Size - 10, 1000, default))!.Value.Length.Should().Be(10);
        (await reader.FindAsync(5, 7, default))!.Value.Length.Should().Be(7);
    }

    [Fact]
    public async Task FindAsync_Arriving_IsWhatHasArrivedAndWaitsForMore()
    {
        var content = _bed.Source.Add(_bytes);
        var stalled = _bed.Source.StallAt(1_000_000);
        using var reader = await _bed.OpenAsync(content);
        using var enough = new CancellationTokenSource();
        await stalled;

        var first = (await reader.FindAsync(0, Size, default))!.Value;
        var waiting = reader.FindAsync(1_000_000, Size, enough.Token).AsTask();

        first.Length.Should().BeInRange(1, 1_000_000);
        var got = new byte[first.Length];
        RandomAccess.Read(first.File, got, 0).Should().Be(got.Length);
        got.AsSpan().SequenceEqual(_bytes.AsSpan(0, got.Length)).Should().BeTrue();
        waiting.IsCompleted.Should().BeFalse();
        await enough.CancelAsync();
        await waiting.Invoking(w => w).Should().ThrowAsync<OperationCanceledException>();
    }

    [Fact]
    public async Task FindAsync_WhileItArrives_MakesTheWhole()
    {
        var content = _bed.Source.Add(_bytes);
        using var reader = await _bed.OpenAsync(content);

        (await CollectAsync(reader)).SequenceEqual(_bytes).Should().BeTrue();
    }

    [Fact]
    public async Task FindAsync_ChangedOnDisk_IsRefused()
    {
        var content = _bed.Source.Add(_bytes);
        await _bed.UseAsync(content);
        using var reader = await _bed.OpenAsync(content);
        await reader.FindAsync(0, 1000, default);
        await using (var file = new FileStream(_bed.Folder.FileOf(content.Digest), FileMode.Open, FileAccess.Write, FileShare.ReadWrite))
        {
            file.SetLength(Size - 1);
        }

        var finding = () => reader.FindAsync(1000, 1000, default).AsTask();

        (await finding.Should().ThrowAsync<ContentException>()).Which.Failure.Should().Be(ContentFailure.WrongDigest);
    }

    private static async Task<byte[]> CollectAsync(IContentReader reader)
    {
        var all = new byte[reader.Size];
        for (var offset = 0L; offset < reader.Size;)
        {
            if (await reader.FindAsync(offset, reader.Size, default) is { } stretch && !stretch.File.IsClosed)
            {
                offset += RandomAccess.Read(stretch.File, all.AsSpan((int)offset, (int)stretch.Length), offset);
            }
        }

        return all;
    }
}
