using EdgeGateway.Content;
using Microsoft.Extensions.Logging.Abstractions;

namespace EdgeGateway.Content.Tests;

public sealed class ContentScrubberTests : IAsyncLifetime
{
    private const int Size = 100_000;
    private readonly StoreBed _bed = new();

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await _bed.DisposeAsync();

    [Fact]
    public async Task ScrubAsync_DamagedTruncatedAndGood_OnlyTheGoodStays()
    {
        var contents = Enumerable.Range(0, 3).Select(i => _bed.Source.Add(StoreBed.Bytes(Size, i))).ToList();
        foreach (var content in contents)
        {
            await _bed.UseAsync(content);
        }

        await _bed.RestartAsync();
        Change(contents[0], file => file.WriteByte((byte)(StoreBed.Bytes(1, 0)[0] ^ 1)));
        Change(contents[1], file => file.SetLength(10));
        using var metrics = new MetricSums(_bed.Meters, ContentMetrics.MeterName);

        await ScrubAsync();

        contents.Select(c => File.Exists(_bed.Folder.FileOf(c.Digest))).Should().Equal(false, false, true);
        metrics["edgegateway.content.damaged found=scrub"].Should().Be(2);
        _bed.Source.Opens.Should().HaveCount(3, "what is bad is fetched when it is wanted");
    }

    [Fact]
    public async Task ScrubAsync_Content_KeepsItsOrderOfUse()
    {
        var (a, b) = (_bed.Source.Add(StoreBed.Bytes(Size, 1)), _bed.Source.Add(StoreBed.Bytes(Size, 2)));
        await _bed.UseAsync(a);
        await _bed.UseAsync(b);
        await _bed.RestartAsync();
        await ScrubAsync();
        await _bed.RestartAsync();
        _bed.Options.MaxBytes = 2 * Size;

        await _bed.UseAsync(_bed.Source.Add(StoreBed.Bytes(Size, 3)));

        File.Exists(_bed.Folder.FileOf(a.Digest)).Should().BeFalse("it is the least recently used");
        File.Exists(_bed.Folder.FileOf(b.Digest)).Should().BeTrue();
    }

    [Fact]
    public async Task ScrubAsync_RateIsZero_NothingIsRead()
    {
        var content = _bed.Source.Add(StoreBed.Bytes(Size));
        await _bed.UseAsync(content);
        await _bed.RestartAsync();
        Change(content, file => file.SetLength(10));
        _bed.Options.ScrubBytesPerSecond = 0;

        await ScrubAsync();

        File.Exists(_bed.Folder.FileOf(content.Digest)).Should().BeTrue();
    }

    [Fact]
    public async Task ScrubAsync_ContentOnItsWayOrInUse_LeftAlone()
    {
        var (arriving, used) = (_bed.Source.Add(StoreBed.Bytes(Size, 1)), _bed.Source.Add(StoreBed.Bytes(Size, 2)));
        using var lease = await _bed.AcquireAsync(used);
        var stalled = _bed.Source.StallAt(1000);
        using var reader = await _bed.OpenAsync(arriving);
        await stalled;

        (await _bed.Store.CheckAsync(arriving.Digest, default)).Should().Be(0);
        (await _bed.Store.CheckAsync(used.Digest, default)).Should().Be(0);

        StoreBed.ReadAll(lease).Should().Equal(StoreBed.Bytes(Size, 2));
    }

    /// <summary>Scrubs while the clock goes on: one second for each content of a second's size.</summary>
    private async Task ScrubAsync()
    {
        _bed.Options.ScrubBytesPerSecond = _bed.Options.ScrubBytesPerSecond == 0 ? 0 : Size;
        using var scrubber = new ContentScrubber(_bed.Store, new TestOptions(_bed.Options), _bed.Time, NullLogger<ContentScrubber>.Instance);
        var scrubbing = scrubber.ScrubAsync(default);
        using var patience = new CancellationTokenSource(StoreBed.Patience);
        while (!scrubbing.IsCompleted)
        {
            patience.Token.ThrowIfCancellationRequested();
            _bed.Time.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }

        await scrubbing;
    }

    private void Change(ContentReference content, Action<FileStream> change)
    {
        using var file = File.Open(_bed.Folder.FileOf(content.Digest), FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite);
        change(file);
    }
}
