using System.Diagnostics.Metrics;
using EdgeGateway.Content;

namespace EdgeGateway.Content.Tests;

public sealed class ContentStoreTests : IAsyncLifetime
{
    private readonly StoreBed _bed = new();
    private readonly byte[] _bytes = StoreBed.Bytes(300_000);

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await _bed.DisposeAsync();

    [Fact]
    public async Task AcquireAsync_NotInStore_DownloadsAndReadsBack()
    {
        var content = _bed.Source.Add(_bytes);

        using var lease = await _bed.AcquireAsync(content);

        lease.Size.Should().Be(_bytes.Length);
        lease.Digest.Should().Be(content.Digest);
        StoreBed.ReadAll(lease).SequenceEqual(_bytes).Should().BeTrue();
        File.ReadAllBytes(_bed.Folder.FileOf(content.Digest)).SequenceEqual(_bytes).Should().BeTrue();
        Directory.EnumerateFiles(Path.Combine(_bed.Options.Folder, "partial")).Should().BeEmpty();
    }

    [Fact]
    public async Task AcquireAsync_FiftyAtOnce_OneDownload()
    {
        var content = _bed.Source.Add(_bytes);
        var release = new TaskCompletionSource();
        var stalled = _bed.Source.StallAt(100_000, release.Task);

        var waiters = Enumerable.Range(0, 50).Select(_ => _bed.AcquireAsync(content)).ToList();
        await stalled;
        release.SetResult();
        var leases = await Task.WhenAll(waiters);

        _bed.Source.Served.Should().Be(_bytes.Length, "what broke off at 100,000 goes on there");
        _bed.Source.Opens.Should().HaveCount(2);
        leases.Should().AllSatisfy(l => StoreBed.ReadAll(l).SequenceEqual(_bytes).Should().BeTrue());
        leases.ToList().ForEach(l => l.Dispose());
    }

    [Fact]
    public async Task AcquireAsync_AgainAfterDownload_NoSecondDownload()
    {
        var content = _bed.Source.Add(_bytes);
        await _bed.UseAsync(content);

        await _bed.UseAsync(content with { Origin = null });

        _bed.Source.Opens.Should().ContainSingle();
    }

    [Fact]
    public async Task AcquireAsync_SomeWaitersCancel_OthersGetTheContent()
    {
        var content = _bed.Source.Add(_bytes);
        var release = new TaskCompletionSource();
        var stalled = _bed.Source.StallAt(100_000, release.Task);
        using var cancel = new CancellationTokenSource();
        var leaving = Enumerable.Range(0, 5).Select(_ => _bed.AcquireAsync(content, cancel.Token)).ToList();
        var staying = Enumerable.Range(0, 5).Select(_ => _bed.AcquireAsync(content)).ToList();
        await stalled;

        await cancel.CancelAsync();

        foreach (var waiter in leaving)
        {
            await waiter.Awaiting(w => w).Should().ThrowAsync<OperationCanceledException>();
        }

        release.SetResult();
        foreach (var lease in await Task.WhenAll(staying))
        {
            lease.Dispose();
        }

        _bed.Source.Served.Should().Be(_bytes.Length);
    }

    [Fact]
    public async Task AcquireAsync_LastWaiterCancels_DownloadStopsAndItsPartIsUsedLater()
    {
        var content = _bed.Source.Add(_bytes);
        var stalled = _bed.Source.StallAt(100_000);
        using var cancel = new CancellationTokenSource();
        var waiters = Enumerable.Range(0, 3).Select(_ => _bed.AcquireAsync(content, cancel.Token)).ToList();
        await stalled;
        await cancel.CancelAsync();
        foreach (var waiter in waiters)
        {
            await waiter.Awaiting(w => w).Should().ThrowAsync<OperationCanceledException>();
        }

        using var lease = await _bed.AcquireAsync(content);

        _bed.Source.Opens.Select(o => o.From.Offset).Should().Equal(0, 100_000);
        StoreBed.ReadAll(lease).SequenceEqual(_bytes).Should().BeTrue();
    }

    [Fact]
    public async Task AcquireAsync_WhileDownloading_NoFileUnderItsFinalName()
    {
        var content = _bed.Source.Add(_bytes);
        var final = _bed.Folder.FileOf(content.Digest);
        var seen = new List<(long Present, bool Visible)>();
        var published = -1L;
        _bed.Disk.OnPublish = (from, to) =>
        {
            published = new FileInfo(from).Length;
            File.Exists(to).Should().BeFalse();
        };
        var progress = new Listener(p => seen.Add((p, File.Exists(final))));

        using var lease = await _bed.Store.AcquireAsync(content, progress, CancellationToken.None).WaitAsync(StoreBed.Patience);

        published.Should().Be(_bytes.Length);
        seen.Should().HaveCountGreaterThan(10).And.BeInAscendingOrder(s => s.Present);
        seen.Take(seen.Count - 1).Should().OnlyContain(s => !s.Visible);
        seen[^1].Should().Be((_bytes.Length, true));
    }

    [Fact]
    public async Task AcquireAsync_OtherAddressAfterRefusal_UsesIt()
    {
        var content = _bed.Source.Add(_bytes);
        var ours = content with { Origin = new Uri("http://origin.test/renewed") };
        var enter = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var gate = new ManualResetEventSlim();
        _bed.Source.Script.Enqueue((_, _) =>
        {
            enter.SetResult();
            gate.Wait(StoreBed.Patience);
            throw new ContentException(ContentFailure.NotFound, "expired");
        });
        var theirs = _bed.AcquireAsync(content);
        await enter.Task.WaitAsync(StoreBed.Patience);
        var second = _bed.AcquireAsync(ours);
        gate.Set();

        (await theirs.Awaiting(t => t).Should().ThrowAsync<ContentException>()).Which.Failure.Should().Be(ContentFailure.NotFound);
        using var lease = await second;
        StoreBed.ReadAll(lease).SequenceEqual(_bytes).Should().BeTrue();
        _bed.Source.Opens.Last().Content.Should().Be(ours);
    }

    [Fact]
    public async Task AcquireAsync_StoredWithOtherSize_WrongSizeAndContentStays()
    {
        var content = _bed.Source.Add(_bytes);
        await _bed.UseAsync(content);

        await Fails(content with { Size = content.Size - 1 }, ContentFailure.WrongSize, "*300000*299999*");

        await _bed.UseAsync(content);
        _bed.Source.Opens.Should().ContainSingle();
    }

    [Fact]
    public async Task AcquireAsync_BodyTooLong_WrongSizeAfterOneByteTooMany()
    {
        var content = _bed.Source.Add(_bytes) with { Size = 250_000 };

        await Fails(content, ContentFailure.WrongSize, "*more than the 250000 bytes*");

        _bed.Source.Opens.Should().ContainSingle();
        Directory.EnumerateFiles(_bed.Options.Folder, "*", SearchOption.AllDirectories).Should().BeEmpty();
    }

    [Fact]
    public async Task AcquireAsync_WrongBytesInOneAnswer_WrongDigestWithoutAnotherDownload()
    {
        var content = _bed.Source.Add(_bytes);
        _bed.Source.Script.Enqueue((_, from) => _bed.Source.Serve(StoreBed.Bytes(_bytes.Length, seed: 2), from));

        await Fails(content, ContentFailure.WrongDigest, $"*{content.Digest}*");

        _bed.Source.Opens.Should().ContainSingle();
        Directory.EnumerateFiles(_bed.Options.Folder, "*", SearchOption.AllDirectories).Should().BeEmpty();
    }

    [Fact]
    public async Task AcquireAsync_WrongBytesAfterResume_OneFreshDownload()
    {
        var content = _bed.Source.Add(_bytes);
        var other = StoreBed.Bytes(_bytes.Length, seed: 2);
        _bed.Source.Script.Enqueue((_, from) => _bed.Source.Part(other, 0, 70_000, _ => Task.CompletedTask));

        using var lease = await _bed.AcquireAsync(content);

        _bed.Source.Opens.Select(o => o.From.Offset).Should().Equal(0, 70_000, 0);
        StoreBed.ReadAll(lease).SequenceEqual(_bytes).Should().BeTrue();
    }

    [Fact]
    public async Task AcquireAsync_WrongBytesAfterResumeAndAgain_WrongDigest()
    {
        var content = _bed.Source.Add(_bytes);
        var other = StoreBed.Bytes(_bytes.Length, seed: 2);
        _bed.Source.Script.Enqueue((_, from) => _bed.Source.Part(other, 0, 70_000, _ => Task.CompletedTask));
        _bed.Source.Script.Enqueue((_, from) => _bed.Source.Serve(other, from));
        _bed.Source.Script.Enqueue((_, from) => _bed.Source.Serve(other, from));

        await Fails(content, ContentFailure.WrongDigest, "*");

        _bed.Source.Opens.Should().HaveCount(3);
    }

    [Fact]
    public async Task AcquireAsync_Refused_NotRetried()
    {
        var content = _bed.Source.Add(_bytes);
        _bed.Source.Refuse(ContentFailure.NotFound);

        await Fails(content, ContentFailure.NotFound, "as the test wants it");

        _bed.Source.Opens.Should().ContainSingle();
    }

    [Fact]
    public async Task AcquireAsync_UnreachableAllTheTime_GivesUpAfterItsRetries()
    {
        var content = _bed.Source.Add(_bytes);
        _bed.Options.Retries = 3;
        _bed.Source.Refuse(ContentFailure.Unreachable, times: 10);

        await Fails(content, ContentFailure.Unreachable, "as the test wants it");

        _bed.Source.Opens.Should().HaveCount(4);
    }

    [Fact]
    public async Task AcquireAsync_Retry_WaitsByTheClock()
    {
        var content = _bed.Source.Add(_bytes);
        _bed.Options.RetryBase = TimeSpan.FromSeconds(10);
        _bed.Source.Refuse(ContentFailure.Unreachable);

        var acquiring = _bed.AcquireAsync(content);
        await Armed(1);
        acquiring.IsCompleted.Should().BeFalse();
        _bed.Source.Opens.Should().ContainSingle();
        _bed.Time.Advance(TimeSpan.FromSeconds(10));

        (await acquiring).Dispose();
        _bed.Source.Opens.Should().HaveCount(2);
    }

    [Fact]
    public async Task AcquireAsync_OneByteASecond_TooSlow()
    {
        var content = _bed.Source.Add(_bytes);
        _bed.Options.Retries = 0;
        var stalled = _bed.Source.StallAt(3);

        var acquiring = _bed.AcquireAsync(content);
        await stalled;
        await Armed(1);
        _bed.Time.Advance(_bed.Options.SlowGrace);

        (await acquiring.Awaiting(a => a).Should().ThrowAsync<ContentException>()).Which.Failure.Should().Be(ContentFailure.TooSlow);
    }

    [Fact]
    public async Task Dispose_WhileDownloading_EndsTheWait()
    {
        var content = _bed.Source.Add(_bytes);
        var stalled = _bed.Source.StallAt(100_000);
        var acquiring = _bed.AcquireAsync(content);
        await stalled;

        await _bed.Store.DisposeAsync();

        await acquiring.Awaiting(a => a).Should().ThrowAsync<OperationCanceledException>();
        await _bed.Awaiting(b => b.AcquireAsync(content)).Should().ThrowAsync<ObjectDisposedException>();
    }

    [Fact]
    public async Task AcquireAsync_HitsAndMisses_AreCounted()
    {
        using var meter = new MeterListener();
        var counts = new Dictionary<string, long>();
        meter.InstrumentPublished = (instrument, l) =>
        {
            if (instrument.Meter.Scope == _bed.Meters)
            {
                l.EnableMeasurementEvents(instrument);
            }
        };
        meter.SetMeasurementEventCallback<long>((i, value, _, _) => counts[i.Name] = counts.GetValueOrDefault(i.Name) + value);
        meter.Start();
        var content = _bed.Source.Add(_bytes);

        await _bed.UseAsync(content);
        await _bed.UseAsync(content);

        counts.Should().Contain("edgegateway.content.received", _bytes.Length)
            .And.Contain("edgegateway.content.misses", 1)
            .And.Contain("edgegateway.content.hits", 1);
    }

    [Fact]
    public async Task AcquireAsync_NothingWanted_Refused()
    {
        var content = new ContentReference(Sha256Digest.Of([]), 0, null);

        await _bed.Awaiting(b => b.AcquireAsync(content)).Should().ThrowAsync<ArgumentOutOfRangeException>();
    }

    private async Task Fails(ContentReference content, ContentFailure failure, string text)
    {
        var thrown = await _bed.Awaiting(b => b.AcquireAsync(content)).Should().ThrowAsync<ContentException>().WithMessage(text);
        thrown.Which.Failure.Should().Be(failure);
    }

    private async Task Armed(int timers)
    {
        for (var turns = 0; _bed.Time.ArmedTimers < timers; turns++)
        {
            turns.Should().BeLessThan(10_000_000, "the code under test must go to sleep");
            await Task.Yield();
        }
    }

    private sealed class Listener(Action<long> told) : IProgress<long>
    {
        public void Report(long value) => told(value);
    }
}
