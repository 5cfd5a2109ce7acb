using System.Net;
using System.Net.Sockets;
using EdgeGateway.Content;
using EdgeGateway.Content.Sources;
using EdgeGateway.Content.Sources.Parents;
using EdgeGateway.Content.Sources.Paths;
using EdgeGateway.Testing;
using Microsoft.AspNetCore.Http;

namespace EdgeGateway.Content.Tests.Sources.Parents;

public sealed class ParentContentSourceTests : IAsyncLifetime, IDisposable
{
    private static readonly byte[] Bytes = StoreBed.Bytes(100_000);
    private static readonly Sha256Digest Digest = Sha256Digest.Of(Bytes);
    private static readonly Uri Origin = new("https://origin.test/fw/image.bin?sv=1&sig=a%2Bb");

    private readonly VirtualTime _time = new();
    private readonly GatewayInstance _instance = new();
    private readonly TestParentOptions _options = new();
    private readonly ContentReference _content = new(Digest, Bytes.Length, Origin);
    private HttpOrigin _parent = null!;
    private FakeParentAccess _access = null!;
    private ParentContentSource _source = null!;
    private Dictionary<string, string> _seen = [];
    private string _target = "";

    public async Task InitializeAsync()
    {
        _parent = await HttpOrigin.StartAsync();
        _access = new FakeParentAccess(_parent.Address);
        _source = new ParentContentSource(0, _access, _instance, _options, _time);
    }

    public async Task DisposeAsync() => await _parent.DisposeAsync();

    public void Dispose() => _access.Dispose();

    [Fact]
    public async Task OpenAsync_Content_AskedByDigestWithSizeOriginTokenAndPath()
    {
        Serve();

        var opened = await OpenAsync();

        (await ReadAsync(opened)).Should().Equal(Bytes);
        opened.Size.Should().Be(Bytes.Length);
        _target.Should().Be($"/content/sha256/{Digest}?size=100000&origin=https%3A%2F%2Forigin.test%2Ffw%2Fimage.bin%3Fsv%3D1%26sig%3Da%252Bb");
        _seen["Authorization"].Should().StartWith("SharedAccessSignature ");
        _seen[GatewayPath.Header].Should().Be(_instance.Id);
        _source.Name.Should().Be("parent");
    }

    [Fact]
    public async Task OpenAsync_AskedByAChild_ItsPathGoesOn()
    {
        Serve();
        var via = GatewayPath.Empty.Append("a1").Append("b2");

        await OpenAsync(_content with { Via = via, Origin = null });

        _target.Should().Be($"/content/sha256/{Digest}?size=100000");
        _seen[GatewayPath.Header].Should().Be($"a1,b2,{_instance.Id}");
    }

    [Fact]
    public async Task OpenAsync_PathIsFull_ParentIsNotAsked()
    {
        var full = Enumerable.Range(1, GatewayPath.MaxHops).Aggregate(GatewayPath.Empty, (path, _) => path.Append(GatewayPath.NewId()));

        await Fails(ContentFailure.NotFound, "*8 gateways*", _content with { Via = full });

        _parent.Requests.Should().BeEmpty();
    }

    [Fact]
    public async Task OpenAsync_FromOffsetWithValidatorOfAnotherSource_RangeWithTheDigestAsTag()
    {
        Serve();

        var opened = await OpenAsync(from: new ResumePoint(60_000, "0011223344556677 \"other\""));

        opened.Offset.Should().Be(60_000);
        (await ReadAsync(opened)).AsSpan().SequenceEqual(Bytes.AsSpan(60_000)).Should().BeTrue();
        _parent.Requests.Last().Should().Be(($"/content/sha256/{Digest}", "bytes=60000-", $"\"{Digest}\""));
    }

    [Fact]
    public async Task OpenAsync_Address_ConnectedCacheForm()
    {
        Serve("\"tag\"");

        var opened = await _source.OpenAsync(Origin, ResumePoint.Start, CancellationToken.None);

        _target.Should().Be("/fw/image.bin?sv=1&sig=a%2Bb&cacheHostOrigin=origin.test");
        _seen.Should().NotContainKey("EdgeGateway-Origin-Scheme");
        opened.Validator.Should().EndWith(" \"tag\"");
        await opened.Stream.DisposeAsync();
    }

    [Fact]
    public async Task OpenAsync_HttpAddress_TheParentIsToldTheScheme()
    {
        Serve();

        await _source.OpenAsync(new Uri("http://origin.test:8080/a.bin"), ResumePoint.Start, CancellationToken.None);

        _target.Should().Be("/a.bin?cacheHostOrigin=origin.test%3A8080");
        _seen["EdgeGateway-Origin-Scheme"].Should().Be("http");
    }

    [Fact]
    public async Task OpenAsync_AddressResumedWithoutItsTag_FromTheStart()
    {
        Serve("\"tag\"");
        var first = await _source.OpenAsync(Origin, ResumePoint.Start, CancellationToken.None);

        var strange = await _source.OpenAsync(Origin, new ResumePoint(60_000, "0011223344556677 \"tag\""), CancellationToken.None);
        var known = await _source.OpenAsync(Origin, new ResumePoint(60_000, first.Validator), CancellationToken.None);

        strange.Offset.Should().Be(0, "nothing says that the rest belongs to the beginning");
        known.Offset.Should().Be(60_000);
    }

    [Theory]
    [InlineData(401)]
    [InlineData(403)]
    public async Task OpenAsync_NotAccepted_TriedOnceMoreWithANewTokenThenRefused(int status)
    {
        _parent.Handler = Answer(status, "token expired");

        var error = await Fails(ContentFailure.NotFound, $"*does not accept this gateway as its child ({status} *): token expired.");

        error.Refusal.Should().Be(SourceRefusal.Unauthorized);
        _parent.Requests.Should().HaveCount(2);
    }

    [Fact]
    public async Task OpenAsync_TokenExpired_TheNewOneIsTaken()
    {
        _parent.Handler = context => context.Request.Headers.Authorization.ToString().EndsWith("se=0", StringComparison.Ordinal)
            ? Answer(401, "expired")(context)
            : HttpOrigin.Serve(Bytes)(context);

        (await ReadAsync(await OpenAsync())).Should().Equal(Bytes);
        _access.Renewals.Should().Be(1);
    }

    [Fact]
    public async Task OpenAsync_Loop_Refused()
    {
        _parent.Handler = Answer(508, "");

        (await Fails(ContentFailure.NotFound, "*parents of each other*")).Refusal.Should().Be(SourceRefusal.Loop);
    }

    [Fact]
    public async Task OpenAsync_NotFound_NoRefusal()
    {
        _parent.Handler = Answer(404, "no source has it");

        (await Fails(ContentFailure.NotFound, "*does not have the content and cannot get it (404 *): no source has it.")).Refusal.Should().Be(SourceRefusal.None);
    }

    [Theory]
    [InlineData(503)]
    [InlineData(429)]
    public async Task OpenAsync_Busy_UnreachableForAsLongAsItAsks(int status)
    {
        _parent.Handler = context =>
        {
            context.Response.Headers.RetryAfter = "7";
            return Answer(status, "too many children")(context);
        };

        (await Fails(ContentFailure.Unreachable, "*retry in 7 s*too many children*")).RetryAfter.Should().Be(TimeSpan.FromSeconds(7));
    }

    [Theory]
    [InlineData(500, ContentFailure.Unreachable)]
    [InlineData(503, ContentFailure.Unreachable)]
    [InlineData(302, ContentFailure.Unreachable)]
    [InlineData(400, ContentFailure.NotFound)]
    public async Task OpenAsync_OtherStatus_AsOfAnyOrigin(int status, ContentFailure failure)
    {
        _parent.Handler = Answer(status, "");

        (await Fails(failure, $"*answered {status}*")).Refusal.Should().Be(SourceRefusal.None);
    }

    [Fact]
    public async Task OpenAsync_AnotherSize_WrongSizeBeforeTheBody()
    {
        _parent.Handler = HttpOrigin.Serve(StoreBed.Bytes(99_999));

        await Fails(ContentFailure.WrongSize, "*99999 bytes*100000*");
    }

    [Fact]
    public async Task OpenAsync_NeverAnswers_UnreachableAfterTheTimeout()
    {
        var asked = new TaskCompletionSource();
        _parent.Handler = async context =>
        {
            asked.SetResult();
            await Task.Delay(Timeout.Infinite, context.RequestAborted).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        };
        var failing = Fails(ContentFailure.Unreachable, "*did not answer within 00:01:00*");
        await asked.Task.WaitAsync(StoreBed.Patience);

        _time.Advance(_options.CurrentValue.ResponseTimeout);

        await failing;
    }

    [Fact]
    public async Task OpenAsync_NobodyListens_Unreachable()
    {
        using var closed = new TcpListener(IPAddress.Loopback, 0);
        closed.Start();
        using var access = new FakeParentAccess(new Uri($"http://{closed.LocalEndpoint}/"));
        closed.Stop();
        var source = new ParentContentSource(0, access, _instance, _options, _time);

        var open = () => source.OpenAsync(_content, ResumePoint.Start, CancellationToken.None);

        (await open.Should().ThrowAsync<ContentException>().WithMessage("The parent 127.0.0.1:* cannot be reached*")).Which.Failure.Should().Be(ContentFailure.Unreachable);
    }

    [Fact]
    public async Task OpenAsync_SlowParent_HeadersAtOnceAndBytesLater()
    {
        var go = new TaskCompletionSource();
        _parent.Handler = async context =>
        {
            context.Response.ContentLength = Bytes.Length;
            await context.Response.Body.FlushAsync();
            await go.Task;
            await context.Response.Body.WriteAsync(Bytes);
        };

        var opened = await OpenAsync();
        _time.Advance(TimeSpan.FromHours(1)); // the time for an answer is over with the headers; from then on the rate counts
        go.SetResult();

        (await ReadAsync(opened)).Should().Equal(Bytes);
    }

    private void Serve(string? etag = null) => _parent.Handler = context =>
    {
        _seen = context.Request.Headers.ToDictionary(h => h.Key, h => h.Value.ToString(), StringComparer.OrdinalIgnoreCase);
        _target = context.Features.Get<Microsoft.AspNetCore.Http.Features.IHttpRequestFeature>()!.RawTarget;
        return HttpOrigin.Serve(Bytes, etag ?? $"\"{Digest}\"")(context);
    };

    private static RequestDelegate Answer(int status, string text) => async context =>
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "text/plain; charset=utf-8";
        await context.Response.WriteAsync(text);
    };

    private Task<OpenedContent> OpenAsync(ContentReference? content = null, ResumePoint? from = null) =>
        _source.OpenAsync(content ?? _content, from ?? ResumePoint.Start, CancellationToken.None).WaitAsync(StoreBed.Patience);

    private async Task<ContentException> Fails(ContentFailure failure, string text, ContentReference? content = null)
    {
        var open = () => OpenAsync(content);
        var error = (await open.Should().ThrowAsync<ContentException>().WithMessage(text)).Which;
        error.Failure.Should().Be(failure);
        return error;
    }

    private static async Task<byte[]> ReadAsync(OpenedContent opened)
    {
        var bytes = new MemoryStream();
        await using var stream = opened.Stream;
        await stream.CopyToAsync(bytes).WaitAsync(StoreBed.Patience);
        return bytes.ToArray();
    }
}
