using System.Diagnostics.Metrics;
using EdgeGateway.Content;
using EdgeGateway.Content.Sources;
using EdgeGateway.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace EdgeGateway.Content.Tests.Sources;

public sealed class OrderedContentSourceTests : IDisposable
{
    private static readonly byte[] Bytes = StoreBed.Bytes(200_000);

    private readonly ContentOptions _options = new();
    private readonly VirtualTime _time = new();
    private readonly ServiceProvider _services = new ServiceCollection().AddMetrics().AddSingleton<ContentMetrics>().BuildServiceProvider();
    private readonly ScriptedSource _parent = new("parent", Bytes);
    private readonly ScriptedSource _origin = new("origin", Bytes);
    private readonly ContentReference _content = new(Sha256Digest.Of(Bytes), Bytes.Length, new Uri("http://origin.test/image.bin"));
    private readonly OrderedContentSource _source;

    public OrderedContentSourceTests() => _source = Make(_parent);

    public void Dispose() => _services.Dispose();

    [Fact]
    public async Task OpenAsync_AllInOrder_TheParentAlone()
    {
        var opened = await OpenAsync();

        opened.Source.Should().Be("parent");
        _origin.Opens.Should().BeEmpty();
        _source.Name.Should().Be("parent or origin");
    }

    [Fact]
    public async Task OpenAsync_ParentDoesNotHaveIt_OriginAndNoBan()
    {
        _parent.Failing = Error(ContentFailure.NotFound);

        (await OpenAsync()).Source.Should().Be("origin");
        (await OpenAsync()).Source.Should().Be("origin");

        _parent.Opens.Should().HaveCount(2);
    }

    [Fact]
    public async Task OpenAsync_ParentAway_AvoidedForOneSecondThenTwoThenUpTo30()
    {
        _parent.Failing = Error(ContentFailure.Unreachable);
        foreach (var seconds in new[] { 1, 2, 4, 8, 16, 30, 30 })
        {
            (await OpenAsync()).Source.Should().Be("origin");
            var asked = _parent.Opens.Count;
            _time.Advance(TimeSpan.FromSeconds(seconds) - TimeSpan.FromMilliseconds(1));
            await OpenAsync();
            _parent.Opens.Should().HaveCount(asked, $"it is avoided for {seconds} s");
            _time.Advance(TimeSpan.FromMilliseconds(1));
        }

        _parent.Failing = null;
        (await OpenAsync()).Source.Should().Be("parent");
    }

    [Fact]
    public async Task OpenAsync_ParentDeliversAgain_ItsFailuresAreForgotten()
    {
        _parent.Failing = Error(ContentFailure.Unreachable);
        for (var i = 0; i < 6; i++)
        {
            await OpenAsync();
            _time.Advance(TimeSpan.FromSeconds(30));
        }

        _parent.Failing = null;
        await ReadAsync(await OpenAsync());
        _parent.Failing = Error(ContentFailure.Unreachable);
        await OpenAsync();
        _time.Advance(TimeSpan.FromSeconds(1));
        _parent.Failing = null;

        (await OpenAsync()).Source.Should().Be("parent", "the ban was of one second again");
    }

    [Fact]
    public async Task OpenAsync_SeveralFailAtOnce_IsOneFailure()
    {
        _parent.Failing = Error(ContentFailure.Unreachable);
        _origin.Failing = Error(ContentFailure.Unreachable);
        for (var i = 0; i < 10; i++)
        {
            await Fails(ContentFailure.Unreachable);
        }

        _time.Advance(TimeSpan.FromSeconds(1));
        _parent.Failing = null;

        (await OpenAsync()).Source.Should().Be("parent");
    }

    [Fact]
    public async Task OpenAsync_AllAway_TheFirstIsAskedAgainAtOnce()
    {
        _parent.Failing = Error(ContentFailure.Unreachable);
        _origin.Failing = Error(ContentFailure.Unreachable);
        await Fails(ContentFailure.Unreachable, "No source has content *: it failed; it failed.");

        _parent.Failing = null;

        (await OpenAsync()).Source.Should().Be("parent", "the update goes on as soon as the link is back");
    }

    [Fact]
    public async Task OpenAsync_BrokeOffAfterItDelivered_GoesOnAtTheSameSource()
    {
        _parent.Script.Enqueue(from => new OpenedContent(new MemoryStream(Bytes[..100_000]), 0, "parent"));
        var opened = await OpenAsync();
        await ReadAsync(opened);
        opened.Blame!(ContentFailure.Unreachable);

        var rest = await OpenAsync(new ResumePoint(100_000, "parent"));

        rest.Source.Should().Be("parent");
        rest.Offset.Should().Be(100_000);
    }

    [Fact]
    public async Task OpenAsync_BrokeOffBeforeItDelivered_GoesOnAtTheNextSource()
    {
        _parent.Script.Enqueue(from => new OpenedContent(new MemoryStream(Bytes[..1000]), 0, "parent"));
        var opened = await OpenAsync();
        await opened.Stream.ReadExactlyAsync(new byte[1000]);
        opened.Blame!(ContentFailure.Unreachable);

        var rest = await OpenAsync(new ResumePoint(1000, "parent"));

        rest.Source.Should().Be("origin");
        rest.Offset.Should().Be(1000);
    }

    [Fact]
    public async Task Blame_TooSlowAfterSilence_IsALinkThatIsGone()
    {
        var opened = await OpenAsync();
        _time.Advance(_options.SlowGrace);
        opened.Blame!(ContentFailure.TooSlow);
        (await OpenAsync()).Source.Should().Be("origin");

        _time.Advance(TimeSpan.FromSeconds(1));

        (await OpenAsync()).Source.Should().Be("parent");
    }

    [Fact]
    public async Task Blame_TooSlowWhileItSends_AvoidedForTheBanTime()
    {
        var opened = await OpenAsync();
        _time.Advance(_options.SlowGrace);
        await opened.Stream.ReadExactlyAsync(new byte[10]);
        opened.Blame!(ContentFailure.TooSlow);

        _time.Advance(_options.BanTime - TimeSpan.FromSeconds(1));
        (await OpenAsync()).Source.Should().Be("origin");
        _time.Advance(TimeSpan.FromSeconds(1));
        (await OpenAsync()).Source.Should().Be("parent");
    }

    [Fact]
    public async Task Blame_WrongDigest_AvoidedForThisContentOnly()
    {
        (await OpenAsync()).Blame!(ContentFailure.WrongDigest);

        (await OpenAsync()).Source.Should().Be("origin");
        (await OpenAsync(content: Other(1))).Source.Should().Be("parent");
    }

    [Fact]
    public async Task Blame_WrongDigestOfThree_AvoidedForAll()
    {
        for (var i = 1; i <= 3; i++)
        {
            (await OpenAsync(content: Other(i))).Blame!(ContentFailure.WrongDigest);
        }

        (await OpenAsync()).Source.Should().Be("origin");
    }

    [Fact]
    public async Task Blame_WrongSizeOfThree_NotAvoidedForAll()
    {
        for (var i = 1; i <= 3; i++)
        {
            (await OpenAsync(content: Other(i))).Blame!(ContentFailure.WrongSize);
        }

        (await OpenAsync()).Source.Should().Be("parent");
    }

    [Fact]
    public async Task OpenAsync_AllWrong_SaysSoAndTriesAgainAfter30Seconds()
    {
        (await OpenAsync()).Blame!(ContentFailure.WrongDigest);
        (await OpenAsync()).Blame!(ContentFailure.WrongDigest);
        await Fails(ContentFailure.WrongDigest, "*parent is avoided until*origin is avoided until*");

        _time.Advance(TimeSpan.FromSeconds(30));

        (await OpenAsync()).Source.Should().Be("parent");
    }

    [Theory]
    [InlineData(SourceRefusal.Unauthorized)]
    [InlineData(SourceRefusal.Untrusted)]
    [InlineData(SourceRefusal.Loop)]
    public async Task OpenAsync_ParentRefuses_AvoidedForTheBanTimeAndTold(SourceRefusal refusal)
    {
        _parent.Failing = new ContentException(ContentFailure.NotFound, "no") { Refusal = refusal };
        (await OpenAsync()).Source.Should().Be("origin");
        _source.Refusals.Should().ContainSingle().Which.Should().Be(("parent", refusal, "no"));

        _parent.Failing = null;
        _time.Advance(_options.BanTime - TimeSpan.FromSeconds(1));
        (await OpenAsync()).Source.Should().Be("origin");
        _time.Advance(TimeSpan.FromSeconds(1));
        (await OpenAsync()).Source.Should().Be("parent");
        _source.Refusals.Should().BeEmpty();
    }

    [Fact]
    public async Task OpenAsync_OnlyParentRefuses_AskedAgainAfter30Seconds()
    {
        _options.OriginAllowed = false;
        _parent.Failing = new ContentException(ContentFailure.NotFound, "no") { Refusal = SourceRefusal.Unauthorized };
        await Fails(ContentFailure.NotFound, "*no*Content:OriginAllowed*");
        _parent.Failing = null;
        await Fails(ContentFailure.NotFound, "*avoided*");

        _time.Advance(TimeSpan.FromSeconds(30));

        (await OpenAsync()).Source.Should().Be("parent");
    }

    [Fact]
    public async Task OpenAsync_OriginNotAllowed_IsNeverAsked()
    {
        _options.OriginAllowed = false;
        _parent.Failing = Error(ContentFailure.NotFound);

        await Fails(ContentFailure.NotFound);

        _origin.Opens.Should().BeEmpty();
    }

    [Fact]
    public async Task OpenAsync_OnlyParentBusy_WaitsAsLongAsItAsks()
    {
        _options.OriginAllowed = false;
        _parent.Script.Enqueue(_ => throw new ContentException(ContentFailure.Unreachable, "busy") { RetryAfter = TimeSpan.FromSeconds(5) });
        await Fails(ContentFailure.Unreachable, "*busy*");

        var opening = OpenAsync();
        _time.ArmedTimers.Should().Be(1);
        opening.IsCompleted.Should().BeFalse();
        _time.Advance(TimeSpan.FromSeconds(5));

        (await opening.WaitAsync(StoreBed.Patience)).Source.Should().Be("parent");
        _parent.Opens.Should().HaveCount(2);
    }

    [Fact]
    public async Task OpenAsync_BusyForLong_TheOriginMeanwhile()
    {
        _parent.Script.Enqueue(_ => throw new ContentException(ContentFailure.Unreachable, "busy") { RetryAfter = TimeSpan.FromDays(1) });
        await OpenAsync();

        _time.Advance(_options.BanTime);

        (await OpenAsync()).Source.Should().Be("parent", "nobody is left alone for longer than the ban time");
    }

    [Fact]
    public async Task OpenAsync_OriginAlone_NothingIsAvoided()
    {
        var alone = new OrderedContentSource(
            [], _origin, new TestOptions(_options), _time, _services.GetRequiredService<ContentMetrics>(), NullLogger<OrderedContentSource>.Instance);
        _origin.Failing = Error(ContentFailure.WrongSize);
        for (var i = 0; i < 3; i++)
        {
            await alone.Awaiting(a => a.OpenAsync(_content, ResumePoint.Start, CancellationToken.None))
                .Should().ThrowAsync<ContentException>().WithMessage("it failed");
        }

        _origin.Opens.Should().HaveCount(3);
        alone.Name.Should().Be("origin");
    }

    [Fact]
    public async Task OpenAsync_AnyBan_IsCountedBySourceAndFault()
    {
        var counted = new List<(string Source, string Fault)>();
        using var listener = new MeterListener();
        listener.InstrumentPublished = (i, l) =>
        {
            if (i.Name == "edgegateway.content.bans" && i.Meter.Scope == _services.GetRequiredService<IMeterFactory>())
            {
                l.EnableMeasurementEvents(i);
            }
        };
        listener.SetMeasurementEventCallback<long>((_, _, tags, _) => counted.Add(((string)tags[0].Value!, (string)tags[1].Value!)));
        listener.Start();
        _parent.Failing = Error(ContentFailure.Unreachable);

        (await OpenAsync()).Blame!(ContentFailure.WrongDigest);

        counted.Should().Equal(("parent", "Unreachable"), ("origin", "WrongContent"));
    }

    [Fact]
    public async Task OpenAsync_Address_SameOrderAndBans()
    {
        _parent.Failing = Error(ContentFailure.Unreachable);
        var address = new Uri("http://origin.test/other.bin?sig=SECRET");

        var opened = await _source.OpenAsync(address, ResumePoint.Start, CancellationToken.None);

        opened.Source.Should().Be("origin");
        _origin.Failing = Error(ContentFailure.NotFound);
        var failing = () => _source.OpenAsync(address, ResumePoint.Start, CancellationToken.None);
        (await failing.Should().ThrowAsync<ContentException>().WithMessage("No source has http://origin.test/other.bin:*")).Which.Message.Should().NotContain("SECRET");
    }

    private OrderedContentSource Make(params IContentSource[] parents) => new(
        parents, _origin, new TestOptions(_options), _time, _services.GetRequiredService<ContentMetrics>(), NullLogger<OrderedContentSource>.Instance);

    private ContentReference Other(int number) => _content with { Digest = Sha256Digest.Of([(byte)number]) };

    private static ContentException Error(ContentFailure failure) => new(failure, "it failed");

    private Task<OpenedContent> OpenAsync(ResumePoint? from = null, ContentReference? content = null) =>
        _source.OpenAsync(content ?? _content, from ?? ResumePoint.Start, CancellationToken.None);

    private async Task Fails(ContentFailure failure, string text = "*")
    {
        var open = () => OpenAsync();
        (await open.Should().ThrowAsync<ContentException>().WithMessage(text)).Which.Failure.Should().Be(failure);
    }

    private static async Task<byte[]> ReadAsync(OpenedContent opened)
    {
        var bytes = new MemoryStream();
        await using var stream = opened.Stream;
        await stream.CopyToAsync(bytes);
        return bytes.ToArray();
    }
}
