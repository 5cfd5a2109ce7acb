using System.Net;
using System.Net.Sockets;
using EdgeGateway.Content;
using EdgeGateway.Content.Sources;
using EdgeGateway.Testing;

namespace EdgeGateway.Content.Tests.Sources;

public sealed class HttpContentSourceTests : IAsyncLifetime, IDisposable
{
    private readonly byte[] _bytes = StoreBed.Bytes(100_000);
    private readonly ContentOptions _options = new();
    private readonly VirtualTime _time = new();
    private HttpOrigin _origin = null!;
    private HttpContentSource _source = null!;
    private ContentReference _content = null!;

    public async Task InitializeAsync()
    {
        _origin = await HttpOrigin.StartAsync();
        _source = new HttpContentSource(new TestOptions(_options), _time);
        _content = new ContentReference(Sha256Digest.Of(_bytes), _bytes.Length, new Uri(_origin.Address, "/fw/image.bin?sig=SECRET"));
    }

    public async Task DisposeAsync() => await _origin.DisposeAsync();

    public void Dispose() => _source.Dispose();

    [Fact]
    public async Task OpenAsync_FromStart_WholeBodyWithoutRange()
    {
        _origin.Handler = HttpOrigin.Serve(_bytes);

        var opened = await OpenAsync();

        opened.Offset.Should().Be(0);
        opened.Validator.Should().EndWith(" \"v1\"").And.NotContain("SECRET");
        (await ReadAsync(opened)).SequenceEqual(_bytes).Should().BeTrue();
        _origin.Requests.Should().ContainSingle().Which.Should().Be(("/fw/image.bin", "", ""));
    }

    [Fact]
    public async Task OpenAsync_FromOffset_RangeWithIfRange()
    {
        _origin.Handler = HttpOrigin.Serve(_bytes);
        var validator = await ValidatorAsync();

        var opened = await OpenAsync(60_000, validator);

        opened.Offset.Should().Be(60_000);
        (await ReadAsync(opened)).AsSpan().SequenceEqual(_bytes.AsSpan(60_000)).Should().BeTrue();
        _origin.Requests.Last().Should().Be(("/fw/image.bin", "bytes=60000-", "\"v1\""));
    }

    [Fact]
    public async Task OpenAsync_VersionChangedSince_StartsAtZero()
    {
        _origin.Handler = HttpOrigin.Serve(_bytes);
        var validator = await ValidatorAsync();
        _origin.Handler = HttpOrigin.Serve(_bytes, "\"v2\"");

        var opened = await OpenAsync(60_000, validator);

        opened.Offset.Should().Be(0);
        opened.Validator.Should().EndWith("\"v2\"");
        await opened.Stream.DisposeAsync();
    }

    [Fact]
    public async Task OpenAsync_OtherAddress_RangeWithoutItsETag()
    {
        _origin.Handler = HttpOrigin.Serve(_bytes);
        var validator = await ValidatorAsync();
        _content = _content with { Origin = new Uri(_origin.Address, "/mirror/image.bin") };

        var opened = await OpenAsync(60_000, validator);

        opened.Offset.Should().Be(60_000);
        _origin.Requests.Last().IfRange.Should().BeEmpty();
        await opened.Stream.DisposeAsync();
    }

    [Theory]
    [InlineData(null, false)]
    [InlineData("\"v1\"", true)]
    public async Task OpenAsync_NoStrongETag_NoValidatorButStillRanges(string? etag, bool weak)
    {
        _origin.Handler = HttpOrigin.Serve(_bytes, etag, weak);
        (await ValidatorAsync()).Should().BeNull();

        var opened = await OpenAsync(60_000, null);

        opened.Offset.Should().Be(60_000);
        await opened.Stream.DisposeAsync();
    }

    [Fact]
    public async Task OpenAsync_ServerWithoutRanges_StartsAtZero()
    {
        _origin.Handler = HttpOrigin.Serve(_bytes, ranges: false);

        var opened = await OpenAsync(60_000, null);

        opened.Offset.Should().Be(0);
        await opened.Stream.DisposeAsync();
    }

    [Theory]
    [InlineData(400, ContentFailure.NotFound)]
    [InlineData(401, ContentFailure.NotFound)]
    [InlineData(403, ContentFailure.NotFound)]
    [InlineData(404, ContentFailure.NotFound)]
    [InlineData(410, ContentFailure.NotFound)]
    [InlineData(204, ContentFailure.Unreachable)]
    [InlineData(304, ContentFailure.Unreachable)]
    [InlineData(408, ContentFailure.Unreachable)]
    [InlineData(416, ContentFailure.Unreachable)]
    [InlineData(429, ContentFailure.Unreachable)]
    [InlineData(500, ContentFailure.Unreachable)]
    [InlineData(503, ContentFailure.Unreachable)]
    public async Task OpenAsync_ErrorStatus_FailureWithTheStatusAndWithoutTheQuery(int status, ContentFailure failure)
    {
        _origin.Handler = HttpOrigin.Status(status);

        await Fails(failure, $"http://127.0.0.1:*/fw/image.bin answered {status}*");
    }

    [Theory]
    [InlineData(99_999)]
    [InlineData(100_001)]
    public async Task OpenAsync_AnnouncesAnotherLength_WrongSizeBeforeTheBody(int length)
    {
        _origin.Handler = HttpOrigin.Serve(StoreBed.Bytes(length));

        await Fails(ContentFailure.WrongSize, $"*has {length} bytes; the update announces 100000*");
    }

    [Fact]
    public async Task OpenAsync_RangeOfAnotherLength_WrongSize()
    {
        _origin.Handler = HttpOrigin.Serve(StoreBed.Bytes(100_001));

        await Fails(ContentFailure.WrongSize, "*100001*100000*", 60_000);
    }

    [Fact]
    public async Task OpenAsync_OffsetBeyondTheShorterFile_WrongSize()
    {
        _origin.Handler = HttpOrigin.Serve(StoreBed.Bytes(50_000));

        await Fails(ContentFailure.WrongSize, "*50000*100000*", 60_000);
    }

    [Fact]
    public async Task OpenAsync_RangeStartsElsewhere_Unreachable()
    {
        _origin.Handler = async context =>
        {
            context.Response.StatusCode = 206;
            context.Response.Headers.ContentRange = "bytes 0-99999/100000";
            await context.Response.Body.WriteAsync(_bytes);
        };

        await Fails(ContentFailure.Unreachable, "*206*from byte 60000*", 60_000);
    }

    [Fact]
    public async Task OpenAsync_ClosesWithoutAnswer_Unreachable()
    {
        _origin.Handler = context =>
        {
            context.Abort();
            return Task.CompletedTask;
        };

        await Fails(ContentFailure.Unreachable, "*cannot be reached*");
    }

    [Fact]
    public async Task OpenAsync_NobodyListens_Unreachable()
    {
        using var closed = new TcpListener(IPAddress.Loopback, 0);
        closed.Start();
        _content = _content with { Origin = new Uri($"http://{closed.LocalEndpoint}/image.bin") };
        closed.Stop();

        await Fails(ContentFailure.Unreachable, "*cannot be reached*");
    }

    [Fact]
    public async Task OpenAsync_NeverAnswers_UnreachableAfterTheTimeout()
    {
        var asked = new TaskCompletionSource();
        _origin.Handler = async context =>
        {
            asked.SetResult();
            await Task.Delay(Timeout.Infinite, context.RequestAborted).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        };
        var failing = Fails(ContentFailure.Unreachable, "*no answer within 00:00:30*");
        await asked.Task.WaitAsync(StoreBed.Patience);

        _time.Advance(_options.ResponseTimeout);

        await failing;
    }

    [Fact]
    public async Task OpenAsync_CallerCancels_Cancelled()
    {
        using var cancel = new CancellationTokenSource();
        _origin.Handler = async context =>
        {
            await cancel.CancelAsync();
            await Task.Delay(Timeout.Infinite, context.RequestAborted).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        };

        await _source.Awaiting(s => s.OpenAsync(_content, ResumePoint.Start, cancel.Token)).Should().ThrowAsync<OperationCanceledException>();
    }

    [Fact]
    public async Task OpenAsync_Redirects_AreFollowedWithTheRange()
    {
        _origin.Handler = context =>
        {
            if (context.Request.Path == "/fw/image.bin")
            {
                context.Response.Redirect("/cdn/image.bin?sig=OTHER");
                return Task.CompletedTask;
            }

            return HttpOrigin.Serve(_bytes)(context);
        };

        var opened = await OpenAsync(60_000, null);

        opened.Offset.Should().Be(60_000);
        await opened.Stream.DisposeAsync();
    }

    [Fact]
    public async Task OpenAsync_RedirectsForEver_NotFound()
    {
        _origin.Handler = context =>
        {
            context.Response.Redirect("/fw/image.bin");
            return Task.CompletedTask;
        };

        await Fails(ContentFailure.NotFound, "*redirects more than 5 times*");
        _origin.Requests.Should().HaveCount(6);
    }

    [Fact]
    public async Task OpenAsync_RedirectToHostNotAllowed_NotFound()
    {
        _options.AllowedOrigins.Add("127.0.0.1");
        _origin.Handler = context =>
        {
            context.Response.Redirect("http://elsewhere.test/image.bin?sig=SECRET");
            return Task.CompletedTask;
        };

        await Fails(ContentFailure.NotFound, "*elsewhere.test*127.0.0.1*AllowedOrigins*");
    }

    [Fact]
    public async Task OpenAsync_NoAddress_NotFound()
    {
        _content = _content with { Origin = null };

        await Fails(ContentFailure.NotFound, "*not in the store*");
    }

    [Fact]
    public async Task OpenAsync_Proxy_IsAskedInstead()
    {
        await using var proxy = await HttpOrigin.StartAsync();
        string? host = null;
        proxy.Handler = context =>
        {
            host = context.Request.Host.Value;
            return HttpOrigin.Serve(_bytes)(context);
        };
        using var source = new HttpContentSource(new TestOptions(new ContentOptions { ProxyUrl = proxy.Address }), _time);

        var opened = await source.OpenAsync(_content with { Origin = new Uri("http://far.test/image.bin") }, ResumePoint.Start, CancellationToken.None);

        (await ReadAsync(opened)).SequenceEqual(_bytes).Should().BeTrue();
        host.Should().Be("far.test");
    }

    private Task<OpenedContent> OpenAsync(long offset = 0, string? validator = null) =>
        _source.OpenAsync(_content, new ResumePoint(offset, validator), CancellationToken.None).WaitAsync(StoreBed.Patience);

    private async Task<string?> ValidatorAsync()
    {
        var opened = await OpenAsync();
        await opened.Stream.DisposeAsync();
        return opened.Validator;
    }

    private async Task Fails(ContentFailure failure, string text, long offset = 0)
    {
        var thrown = await this.Awaiting(t => t.OpenAsync(offset)).Should().ThrowAsync<ContentException>().WithMessage(text);
        thrown.Which.Failure.Should().Be(failure);
        thrown.Which.ToString().Should().NotContain("SECRET");
    }

    private static async Task<byte[]> ReadAsync(OpenedContent opened)
    {
        await using var stream = opened.Stream;
        using var all = new MemoryStream();
        await stream.CopyToAsync(all).WaitAsync(StoreBed.Patience);
        return all.ToArray();
    }
}
