using EdgeGateway.Content;

namespace EdgeGateway.Content.Tests;

public sealed class ContentMetricsTests : IAsyncLifetime
{
    private const int Size = 100_000;
    private readonly StoreBed _bed = new();

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await _bed.DisposeAsync();

    [Fact]
    public async Task Requests_MissJoinAndHit_AreCountedOnce()
    {
        using var metrics = new MetricSums(_bed.Meters, ContentMetrics.MeterName);
        var content = _bed.Source.Add(StoreBed.Bytes(Size));
        var stalled = _bed.Source.StallAt(1000);
        var first = await _bed.OpenAsync(content);
        await stalled;
        var second = await _bed.OpenAsync(content);
        first.Dispose();
        second.Dispose();
        await _bed.Store.SettleAsync();
        await _bed.UseAsync(content);
        await _bed.UseAsync(content);
        await _bed.RestartAsync();
        await _bed.UseAsync(content);

        metrics["edgegateway.content.misses"].Should().Be(2, "the deserted download was taken up by another one");
        metrics["edgegateway.content.hits"].Should().Be(3, "one joined, one found it open, one found it on disk");
    }

    [Fact]
    public async Task Requests_ByAddress_AreCountedToo()
    {
        using var metrics = new MetricSums(_bed.Meters, ContentMetrics.MeterName);
        var address = _bed.Source.Put("http://origin.test/a", StoreBed.Bytes(Size));
        for (var i = 0; i < 3; i++)
        {
            using var reader = await _bed.OpenAsync(address);
            await StoreBed.ReadAsync(reader);
            await _bed.Store.SettleAsync();
        }

        metrics["edgegateway.content.misses"].Should().Be(1);
        metrics["edgegateway.content.hits"].Should().Be(2);
    }

    [Fact]
    public async Task Readers_OpenAndClosed_CountedWithTheirBytes()
    {
        using var metrics = new MetricSums(_bed.Meters, ContentMetrics.MeterName);
        var content = _bed.Source.Add(StoreBed.Bytes(Size));
        var stalled = _bed.Source.StallAt(60_000);
        var arriving = await _bed.OpenAsync(content);
        await stalled;
        await StoreBed.ReadAsync(arriving, 0, 50_000);
        metrics["edgegateway.content.readers"].Should().Be(1);
        arriving.Dispose();
        await _bed.UseAsync(content);
        using (var present = await _bed.OpenAsync(content))
        {
            await StoreBed.ReadAsync(present);
        }

        metrics["edgegateway.content.readers"].Should().Be(0);
        metrics["edgegateway.content.served from=arriving"].Should().Be(50_000);
        metrics["edgegateway.content.served from=store"].Should().Be(Size);
    }

    [Fact]
    public async Task Held_HoldAndUse_GoesUpAndDown()
    {
        using var metrics = new MetricSums(_bed.Meters, ContentMetrics.MeterName);
        var content = _bed.Source.Add(StoreBed.Bytes(Size));
        await _bed.Store.RetainAsync(content, _bed.Time.GetUtcNow() + TimeSpan.FromDays(1), null, default);
        metrics["edgegateway.content.held"].Should().Be(Size);

        await _bed.UseAsync(content);

        metrics["edgegateway.content.held"].Should().Be(0);
    }

    [Fact]
    public async Task Damaged_StrangeFile_Counted()
    {
        using var metrics = new MetricSums(_bed.Meters, ContentMetrics.MeterName);
        Directory.CreateDirectory(Path.Combine(_bed.Options.Folder, "partial"));
        await File.WriteAllTextAsync(Path.Combine(_bed.Options.Folder, "partial", "x"), "strange");

        await _bed.UseAsync(_bed.Source.Add(StoreBed.Bytes(Size)));

        metrics["edgegateway.content.damaged found=strange"].Should().Be(1);
    }
}
