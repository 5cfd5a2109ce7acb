using EdgeGateway.Content;

namespace EdgeGateway.Content.Tests;

/// <summary>Readers of content by its digest.</summary>
public sealed class ContentStoreFeedTests : IAsyncLifetime
{
    private const int Size = 300_000;
    private readonly StoreBed _bed = new();
    private readonly byte[] _bytes = StoreBed.Bytes(Size);

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await _bed.DisposeAsync();

    [Fact]
    public async Task OpenAsync_Absent_StreamsWhileItArrives()
    {
        var content = _bed.Source.Add(_bytes);
        var release = new TaskCompletionSource();
        _bed.Source.Script.Enqueue((bytes, from) => Held(bytes, 100_000, release.Task));
        using var reader = await _bed.OpenAsync(content);

        (await StoreBed.ReadAsync(reader, 0, 100_000)).Should().Equal(_bytes[..100_000]);

        reader.Size.Should().Be(Size);
        reader.Tag.Should().Be(content.Digest.ToString());
        reader.IsComplete.Should().BeFalse();
        release.SetResult();
        (await StoreBed.ReadAsync(reader, 100_000)).AsSpan().SequenceEqual(_bytes.AsSpan(100_000)).Should().BeTrue();
    }

    [Fact]
    public async Task OpenAsync_Present_ReadsFromTheStore()
    {
        var content = _bed.Source.Add(_bytes);
        await _bed.UseAsync(content);
        using var reader = await _bed.OpenAsync(content);

        reader.IsComplete.Should().BeTrue();
        (await StoreBed.ReadAsync(reader, 12_345)).AsSpan().SequenceEqual(_bytes.AsSpan(12_345)).Should().BeTrue();
        (await reader.ReadAsync(Size, new byte[10], default)).Should().Be(0);
        _bed.Source.Opens.Should().ContainSingle();
    }

    [Fact]
    public async Task OpenAsync_SixtyFourReadersAndALease_OneDownload()
    {
        var content = _bed.Source.Add(_bytes);
        var readers = await Task.WhenAll(Enumerable.Range(0, 64).Select(_ => Task.Run(() => _bed.OpenAsync(content))));
        var lease = _bed.AcquireAsync(content);

        var all = await Task.WhenAll(readers.Select(r => Task.Run(() => StoreBed.ReadAsync(r))));

        all.Should().OnlyContain(b => b.SequenceEqual(_bytes));
        StoreBed.ReadAll(await lease).SequenceEqual(_bytes).Should().BeTrue();
        _bed.Source.Opens.Should().ContainSingle();
        _bed.Source.Served.Should().Be(Size);
        Array.ForEach(readers, r => r.Dispose());
        (await lease).Dispose();
    }

    [Fact]
    public async Task OpenAsync_LastOneLeaves_DownloadEndsAndItsPartStays()
    {
        var content = _bed.Source.Add(_bytes);
        var stalled = _bed.Source.StallAt(100_000);
        var (one, two) = (await _bed.OpenAsync(content), await _bed.OpenAsync(content));
        await stalled;
        await StoreBed.ReadAsync(two, 0, 100_000);
        one.Dispose();
        (await StoreBed.ReadAsync(two, 0, 100_000)).Should().Equal(_bytes[..100_000], "one reader is left");

        two.Dispose();

        using var again = await _bed.OpenAsync(content);
        (await StoreBed.ReadAsync(again)).SequenceEqual(_bytes).Should().BeTrue();
        _bed.Source.Opens.Select(o => o.From.Offset).Should().Equal(0, 100_000);
    }

    [Fact]
    public async Task TryOpenAsync_NeitherPresentNorOnItsWay_Null()
    {
        var content = _bed.Source.Add(_bytes);

        (await _bed.Store.TryOpenAsync(content.Digest, default)).Should().BeNull();

        _bed.Source.Opens.Should().BeEmpty();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task TryOpenAsync_Present_ReadsIt(bool restart)
    {
        var content = _bed.Source.Add(_bytes);
        await _bed.UseAsync(content);
        if (restart)
        {
            await _bed.RestartAsync();
        }

        using var reader = await _bed.Store.TryOpenAsync(content.Digest, default);

        reader!.Size.Should().Be(Size);
        (await StoreBed.ReadAsync(reader)).SequenceEqual(_bytes).Should().BeTrue();
        _bed.Source.Opens.Should().ContainSingle();
    }

    [Fact]
    public async Task TryOpenAsync_OnItsWay_JoinsIt()
    {
        var content = _bed.Source.Add(_bytes);
        var stalled = _bed.Source.StallAt(100_000);
        using var first = await _bed.OpenAsync(content);
        await stalled;

        using var reader = await _bed.Store.TryOpenAsync(content.Digest, default);

        (await StoreBed.ReadAsync(reader!, 0, 100_000)).Should().Equal(_bytes[..100_000]);
    }

    [Fact]
    public async Task OpenAsync_NotFound_ThrowsWithItsReason()
    {
        var content = _bed.Source.Add(_bytes);
        _bed.Source.Refuse(ContentFailure.NotFound);

        (await this.Awaiting(t => t.ReadAllAsync(content)).Should().ThrowAsync<ContentException>()).Which.Failure.Should().Be(ContentFailure.NotFound);
    }

    [Fact]
    public async Task OpenAsync_OtherSizeThanPresent_WrongSize()
    {
        var content = _bed.Source.Add(_bytes);
        await _bed.UseAsync(content);

        (await _bed.Awaiting(b => b.OpenAsync(content with { Size = 5 })).Should().ThrowAsync<ContentException>()).Which.Failure.Should().Be(ContentFailure.WrongSize);
    }

    [Fact]
    public async Task OpenAsync_JoinedFlightFailsBeforeItsFirstByte_TriesItsOwnOrigin()
    {
        var content = _bed.Source.Add(_bytes);
        var refuse = new TaskCompletionSource();
        _bed.Source.Script.Enqueue((bytes, _) => _bed.Source.Part(bytes, 0, 0, async _ =>
        {
            await refuse.Task;
            throw new ContentException(ContentFailure.NotFound, "as the test wants it");
        }));
        using var others = await _bed.OpenAsync(content with { Origin = null });

        var opening = _bed.OpenAsync(content);
        refuse.SetResult();

        using var reader = await opening;
        (await StoreBed.ReadAsync(reader)).SequenceEqual(_bytes).Should().BeTrue();
        await others.Awaiting(r => StoreBed.ReadAsync(r)).Should().ThrowAsync<ContentException>();
    }

    [Fact]
    public async Task ReadAsync_PresentWithAnotherSize_WrongSize()
    {
        var content = _bed.Source.Add(_bytes);
        await _bed.UseAsync(content);
        await _bed.RestartAsync();

        var reading = () => ReadAllAsync(content with { Size = 5 });

        (await reading.Should().ThrowAsync<ContentException>()).Which.Failure.Should().Be(ContentFailure.WrongSize);
    }

    [Fact]
    public async Task ReadAsync_WrongContent_TheLastByteIsNeverHandedOut()
    {
        var content = _bed.Source.Add(_bytes);
        var wrong = StoreBed.Bytes(Size, seed: 2);
        _bed.Source.Script.Enqueue((_, from) => _bed.Source.Serve(wrong, from));

        var reading = () => ReadAllAsync(content);

        (await reading.Should().ThrowAsync<ContentException>()).Which.Failure.Should().Be(ContentFailure.WrongDigest);
    }

    [Fact]
    public async Task ReadAsync_BrokenOffAndTakenUp_GoesOn()
    {
        var content = _bed.Source.Add(_bytes);
        _bed.Source.BreakAt(123_456);
        using var reader = await _bed.OpenAsync(content);

        (await StoreBed.ReadAsync(reader)).SequenceEqual(_bytes).Should().BeTrue();
        _bed.Source.Opens.Should().HaveCount(2);
    }

    [Fact]
    public async Task ReadAsync_BeganAfresh_OnlyThoseWhoReadSomethingAreRefused()
    {
        var content = _bed.Source.Add(_bytes);
        var release = new TaskCompletionSource();
        _bed.Source.Script.Enqueue((bytes, from) => _bed.Source.Part(bytes, 0, 100_000, async _ =>
        {
            await release.Task;
            throw new IOException("Connection reset by peer");
        }));
        _bed.Source.Script.Enqueue((bytes, _) => _bed.Source.Serve(bytes, ResumePoint.Start));
        using var early = await _bed.OpenAsync(content);
        using var late = await _bed.OpenAsync(content);
        await StoreBed.ReadAsync(early, 0, 1_000);
        release.SetResult();

        await early.Awaiting(r => StoreBed.ReadAsync(r, 100_000)).Should().ThrowAsync<ContentException>();

        (await StoreBed.ReadAsync(late)).SequenceEqual(_bytes).Should().BeTrue();
    }

    [Fact]
    public async Task ReadAsync_DiskFull_Disk()
    {
        var content = _bed.Source.Add(_bytes);
        _bed.Source.Script.Enqueue((all, from) =>
        {
            _bed.Disk.Capacity = 150_000;
            return _bed.Source.Serve(all, from);
        });

        var reading = () => ReadAllAsync(content);

        (await reading.Should().ThrowAsync<ContentException>()).Which.Failure.Should().Be(ContentFailure.Disk);
    }

    [Fact]
    public async Task ReadAsync_StoreClosed_Refused()
    {
        var content = _bed.Source.Add(_bytes);
        var stalled = _bed.Source.StallAt(100_000);
        using var reader = await _bed.OpenAsync(content);
        await stalled;
        var reading = StoreBed.ReadAsync(reader);

        await _bed.Store.DisposeAsync();

        (await reading.Awaiting(r => r).Should().ThrowAsync<ContentException>()).Which.Failure.Should().Be(ContentFailure.Unreachable);
    }

    [Fact]
    public async Task ReadAsync_Cancelled_EndsAndTheReaderIsStillGood()
    {
        var content = _bed.Source.Add(_bytes);
        var release = new TaskCompletionSource();
        _bed.Source.Script.Enqueue((bytes, from) => Held(bytes, 100_000, release.Task));
        using var reader = await _bed.OpenAsync(content);
        using var cancel = new CancellationTokenSource();
        var reading = reader.ReadAsync(100_000, new byte[10], cancel.Token).AsTask();

        await cancel.CancelAsync();

        await reading.Awaiting(r => r).Should().ThrowAsync<OperationCanceledException>();
        release.SetResult();
        (await StoreBed.ReadAsync(reader)).SequenceEqual(_bytes).Should().BeTrue();
    }

    /// <summary>All bytes, after a rest at <paramref name="at"/>.</summary>
    private OpenedContent Held(byte[] bytes, int at, Task release)
    {
        var rest = _bed.Source.Serve(bytes, new ResumePoint(at, null)).Stream;
        return new OpenedContent(new JoinedStream(_bed.Source.Part(bytes, 0, at, _ => release).Stream, rest), 0, "v1");
    }

    private async Task<byte[]> ReadAllAsync(ContentReference content)
    {
        using var reader = await _bed.OpenAsync(content);
        return await StoreBed.ReadAsync(reader);
    }
}
