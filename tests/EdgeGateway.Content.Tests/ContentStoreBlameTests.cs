using EdgeGateway.Content;

namespace EdgeGateway.Content.Tests;

/// <summary>Several sources behind one: who sends wrong bytes is blamed, and the next one is asked.</summary>
public sealed class ContentStoreBlameTests : IAsyncLifetime
{
    private const int Size = 300_000;
    private readonly StoreBed _bed = new();
    private readonly byte[] _bytes = StoreBed.Bytes(Size);
    private readonly byte[] _wrong = StoreBed.Bytes(Size, seed: 2);
    private readonly List<(string Source, ContentFailure Failure)> _blames = [];

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await _bed.DisposeAsync();

    [Fact]
    public async Task AcquireAsync_WrongDigestThenGood_AskedAgainFromZero()
    {
        var content = _bed.Source.Add(_bytes);
        Next("liar", (_, from) => _bed.Source.Serve(_wrong, from));
        Next("good", _bed.Source.Serve);

        using var lease = await _bed.AcquireAsync(content);

        StoreBed.ReadAll(lease).SequenceEqual(_bytes).Should().BeTrue();
        _blames.Should().Equal(("liar", ContentFailure.WrongDigest));
        _bed.Source.Opens.Select(o => o.From.Offset).Should().Equal(0, 0);
    }

    [Fact]
    public async Task AcquireAsync_LongerThanAnnouncedThenGood_AskedAgainFromZero()
    {
        var content = _bed.Source.Add(_bytes);
        Next("liar", (bytes, from) => _bed.Source.Serve([.. bytes, 1], from));
        Next("good", _bed.Source.Serve);

        using var lease = await _bed.AcquireAsync(content);

        _blames.Should().Equal(("liar", ContentFailure.WrongSize));
        _bed.Source.Opens.Select(o => o.From.Offset).Should().Equal(0, 0);
    }

    [Fact]
    public async Task AcquireAsync_PrefixOfALiar_DoesNotPoisonTheGoodOne()
    {
        var content = _bed.Source.Add(_bytes);
        Next("liar", (_, _) => _bed.Source.Part(_wrong, 0, 100_000, _ => Task.FromException(new IOException("Connection reset by peer"))));
        Next("good", _bed.Source.Serve);
        Next("good", _bed.Source.Serve);

        using var lease = await _bed.AcquireAsync(content);

        StoreBed.ReadAll(lease).SequenceEqual(_bytes).Should().BeTrue();
        _blames.Should().Equal([("liar", ContentFailure.Unreachable)], "of stitched bytes nobody knows whose are wrong");
        _bed.Source.Opens.Select(o => o.From.Offset).Should().Equal(0, 100_000, 0);
    }

    [Fact]
    public async Task AcquireAsync_PrefixOfALiarAndTheLiarFirstAgain_TheThirdAnswerCounts()
    {
        var content = _bed.Source.Add(_bytes);
        Next("liar", (_, _) => _bed.Source.Part(_wrong, 0, 100_000, _ => Task.FromException(new IOException("Connection reset by peer"))));
        Next("good", _bed.Source.Serve);
        Next("liar", (_, from) => _bed.Source.Serve(_wrong, from));
        Next("good", _bed.Source.Serve);

        using var lease = await _bed.AcquireAsync(content);

        _blames.Should().Equal(("liar", ContentFailure.Unreachable), ("liar", ContentFailure.WrongDigest));
    }

    [Fact]
    public async Task AcquireAsync_OnlyLiars_GivenUpAfterAFewAndNothingIsKept()
    {
        var content = _bed.Source.Add(_bytes);
        for (var i = 0; i < 20; i++)
        {
            Next("liar", (_, from) => _bed.Source.Serve(_wrong, from));
        }

        var acquiring = () => _bed.AcquireAsync(content);

        (await acquiring.Should().ThrowAsync<ContentException>().WithMessage("*liar*")).Which.Failure.Should().Be(ContentFailure.WrongDigest);
        _bed.Source.Opens.Should().HaveCount(5);
        File.Exists(_bed.Folder.PartialOf(content.Digest)).Should().BeFalse();
    }

    [Fact]
    public async Task AcquireAsync_AllBannedInTheMiddle_TheirReason()
    {
        var content = _bed.Source.Add(_bytes);
        Next("liar", (_, from) => _bed.Source.Serve(_wrong, from));
        _bed.Source.Refuse(ContentFailure.NotFound);

        var acquiring = () => _bed.AcquireAsync(content);

        (await acquiring.Should().ThrowAsync<ContentException>()).Which.Failure.Should().Be(ContentFailure.NotFound);
    }

    [Fact]
    public async Task OpenAsync_LiarThenGood_ReadersThatBeganAreToldTheOthersGetTheGoodBytes()
    {
        var content = _bed.Source.Add(_bytes);
        var release = new TaskCompletionSource();
        Next("liar", (_, _) => new OpenedContent(
            new JoinedStream(_bed.Source.Part(_wrong, 0, 100_000, _ => release.Task).Stream, _bed.Source.Serve(_wrong, new ResumePoint(100_000, null)).Stream), 0));
        Next("good", _bed.Source.Serve);
        using var early = await _bed.OpenAsync(content);
        using var late = await _bed.OpenAsync(content);
        await StoreBed.ReadAsync(early, 0, 1000);

        release.SetResult();

        (await early.Awaiting(r => StoreBed.ReadAsync(r, 1000)).Should().ThrowAsync<ContentException>()).Which.Failure.Should().Be(ContentFailure.WrongDigest);
        (await StoreBed.ReadAsync(late)).SequenceEqual(_bytes).Should().BeTrue();
    }

    [Fact]
    public async Task Metrics_SeveralSources_CountedByTheirNames()
    {
        using var metrics = new MetricSums(_bed.Meters, ContentMetrics.MeterName);
        var content = _bed.Source.Add(_bytes);
        Next("liar", (_, from) => _bed.Source.Serve(_wrong, from));
        Next("good", _bed.Source.Serve);

        (await _bed.AcquireAsync(content)).Dispose();

        metrics["edgegateway.content.received source=liar"].Should().Be(Size);
        metrics["edgegateway.content.received source=good"].Should().Be(Size);
        metrics["edgegateway.content.wrong reason=WrongDigest source=liar"].Should().Be(1);
    }

    private void Next(string name, Func<byte[], ResumePoint, OpenedContent> answer) => _bed.Source.Script.Enqueue(
        (bytes, from) => answer(bytes, from) with { Source = name, Blame = f => _blames.Add((name, f)) });
}
