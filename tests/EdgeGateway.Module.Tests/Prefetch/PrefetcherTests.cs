using EdgeGateway.Content;
using EdgeGateway.Module.Prefetch;
using EdgeGateway.Module.Tests.Fakes;
using EdgeGateway.Serial;
using EdgeGateway.Testing;
using Microsoft.Extensions.Logging.Abstractions;

namespace EdgeGateway.Module.Tests.Prefetch;

public sealed class PrefetcherTests : IAsyncLifetime, IDisposable
{
    private static readonly ContentReference A = Content(1);
    private static readonly ContentReference B = Content(2);

    private readonly TempFolder _folder = new();
    private readonly VirtualTime _time = new();
    private readonly FakeRetention _retention = new();
    private Prefetcher _prefetcher = null!;

    public Task InitializeAsync()
    {
        _prefetcher = New();
        return _prefetcher.StartAsync(CancellationToken.None);
    }

    public Task DisposeAsync() => _prefetcher.StopAsync(CancellationToken.None);

    public void Dispose()
    {
        _prefetcher.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task Order_TwoFiles_OneAfterTheOtherAndHeld()
    {
        var id = Order(A, B);

        var first = await _retention.NextAsync();
        first.Progress.Report(40);
        Entry(A).Should().BeEquivalentTo(new { Operation = id, State = PrefetchState.Fetching, Bytes = 40L, Until = _time.GetUtcNow() + TimeSpan.FromDays(30) });
        Entry(B).State.Should().Be(PrefetchState.Waiting);
        _retention.IsQuiet.Should().BeTrue();
        first.End.SetResult();
        var second = await _retention.NextAsync();
        second.Content.Should().Be(B);
        second.End.SetResult();

        await Until(() => Entry(B).State == PrefetchState.Held);
        Entry(A).Should().BeEquivalentTo(new { State = PrefetchState.Held, Bytes = A.Size });
    }

    [Fact]
    public async Task Fetch_Unreachable_AgainAfterGrowingWaitsAndNeverGivenUp()
    {
        Order(A);
        foreach (var minutes in new[] { 1, 2, 4, 8, 16, 30, 30 })
        {
            await FailAsync(ContentFailure.Unreachable);
            await Until(() => Entry(A).NextAt == _time.GetUtcNow() + TimeSpan.FromMinutes(minutes));
            Entry(A).Should().BeEquivalentTo(new { State = PrefetchState.Waiting, Message = "why" });
            await AdvanceAsync(TimeSpan.FromMinutes(minutes));
        }

        (await _retention.NextAsync()).End.SetResult();
        await Until(() => Entry(A).State == PrefetchState.Held);
    }

    [Theory]
    [InlineData(ContentFailure.NotFound)]
    [InlineData(ContentFailure.WrongDigest)]
    [InlineData(ContentFailure.WrongSize)]
    public async Task Fetch_NobodyHasIt_GivenUpAfterFiveTries(ContentFailure failure)
    {
        Order(A, B);
        for (var tries = 1; tries <= Prefetcher.MostTries; tries++)
        {
            await FailAsync(failure);
            if (tries == 1)
            {
                (await _retention.NextAsync()).End.SetResult(); // the other one is not kept waiting
            }

            await Until(() => Entry(A).Failures == tries);
            await AdvanceAsync(TimeSpan.FromMinutes(30));
        }

        await Until(() => Entry(A).State == PrefetchState.Failed);
        Entry(A).Message.Should().Be("why");
        _retention.IsQuiet.Should().BeTrue();
    }

    [Fact]
    public async Task Entries_HoldWasUsed_Ended()
    {
        Order(A);
        (await _retention.NextAsync()).End.SetResult();
        await Until(() => Entry(A).State == PrefetchState.Held);

        _retention.Release(A.Digest);

        Entry(A).State.Should().Be(PrefetchState.Ended);
    }

    [Fact]
    public async Task Entries_TimeOverBeforeItCame_Failed()
    {
        Order(A);
        await FailAsync(ContentFailure.Unreachable);
        await Until(() => Entry(A).NextAt is not null);

        _time.Advance(TimeSpan.FromDays(40));
        await Until(() => Entry(A).State != PrefetchState.Fetching || !_retention.IsQuiet);

        Entry(A).State.Should().Be(PrefetchState.Failed);
    }

    [Fact]
    public async Task Cancel_UnderWay_StopsItAndGoesOnWithTheNext()
    {
        var id = Order(A);
        Order(B);
        await _retention.NextAsync();

        _prefetcher.Cancel(id).Should().Be(1);

        (await _retention.NextAsync()).Content.Should().Be(B);
        _prefetcher.Entries.Should().ContainSingle();
    }

    [Fact]
    public async Task Cancel_Held_IsReleased()
    {
        var id = Order(A);
        (await _retention.NextAsync()).End.SetResult();
        await Until(() => Entry(A).State == PrefetchState.Held);

        _prefetcher.Cancel(id);

        _retention.Retained.Should().BeEmpty();
        _prefetcher.Cancel(id).Should().Be(0);
    }

    [Fact]
    public async Task Restart_InMidFetch_GoesOn()
    {
        var id = Order(A, B);
        (await _retention.NextAsync()).End.SetResult();
        await _retention.NextAsync();
        await _prefetcher.StopAsync(CancellationToken.None);
        _prefetcher.Dispose();

        _prefetcher = New();
        Entry(A).State.Should().Be(PrefetchState.Held);
        await _prefetcher.StartAsync(CancellationToken.None);

        var next = await _retention.NextAsync();
        next.Content.Should().Be(B);
        next.Content.Origin.Should().Be(B.Origin);
        Entry(B).Operation.Should().Be(id);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("null")]
    [InlineData("[null, {}, { \"Operation\": \"x\", \"Sha256\": \"zz\", \"Size\": 1 }]")]
    public void Restart_FileOfNonsense_NothingIsFetched(string text)
    {
        File.WriteAllText(_folder.File(PrefetchFile.FileName), text);
        using var prefetcher = New();

        prefetcher.Entries.Should().BeEmpty();
    }

    [Fact]
    public void Order_MoreThanThereIsRoomFor_RefusedAndNothingChanged()
    {
        Order([.. Enumerable.Range(1, PrefetchList.MaxEntries).Select(Content)]);

        _prefetcher.Order(new PrefetchOrder([Content(1000)], 1)).Should().BeNull();

        _prefetcher.Entries.Should().HaveCount(PrefetchList.MaxEntries);
    }

    [Fact]
    public void Order_SameContentAgain_OneEntryOfTheNewOrder()
    {
        Order(A);
        var id = Order(A);

        _prefetcher.Entries.Should().ContainSingle().Which.Operation.Should().Be(id);
    }

    [Fact]
    public async Task Follow_ListChanges_NewOnesComeOldOnesGoOthersStay()
    {
        _prefetcher.Follow("twin", new PrefetchOrder([A, B], 30)).Should().BeTrue();
        (await _retention.NextAsync()).End.SetResult();
        (await _retention.NextAsync()).End.SetResult();
        await Until(() => Entry(B).State == PrefetchState.Held);

        _prefetcher.Follow("twin", new PrefetchOrder([B, Content(3)], 30)).Should().BeTrue();

        (await _retention.NextAsync()).Content.Should().Be(Content(3));
        _retention.Retained.Should().ContainSingle().Which.Digest.Should().Be(B.Digest);
        _prefetcher.Entries.Should().HaveCount(2);
    }

    [Fact]
    public async Task Follow_SameListAgain_WhatWasUsedIsNotFetchedAgain()
    {
        _prefetcher.Follow("twin", new PrefetchOrder([A], 30));
        (await _retention.NextAsync()).End.SetResult();
        await Until(() => Entry(A).State == PrefetchState.Held);
        _retention.Release(A.Digest);

        _prefetcher.Follow("twin", new PrefetchOrder([A], 30));

        Entry(A).State.Should().Be(PrefetchState.Ended);
        _retention.IsQuiet.Should().BeTrue();
    }

    private static ContentReference Content(int number) =>
        new(Sha256Digest.Of(BitConverter.GetBytes(number)), 100 + number, new Uri($"https://origin.test/{number}?sig=SECRET"));

    private Prefetcher New() => new(
        _retention, new PrefetchFile(_folder.File(PrefetchFile.FileName), NullLogger<PrefetchFile>.Instance), _time, NullLogger<Prefetcher>.Instance);

    private string Order(params ContentReference[] contents)
    {
        var id = _prefetcher.Order(new PrefetchOrder(contents, 30));
        id.Should().NotBeNull();
        return id!;
    }

    private PrefetchEntry Entry(ContentReference content) => _prefetcher.Entries.Single(e => e.Content == content);

    private async Task FailAsync(ContentFailure failure) => (await _retention.NextAsync()).End.SetException(new ContentException(failure, "why"));

    /// <summary>Moves the clock once the wait has begun.</summary>
    private async Task AdvanceAsync(TimeSpan by)
    {
        await Until(() => _time.ArmedTimers > 0 || Entry(A).State == PrefetchState.Failed);
        _time.Advance(by);
    }

    private static Task Until(Func<bool> done) => Patience.UntilAsync(done);
}
