using System.Net;
using System.Net.Http.Headers;
using EdgeGateway.Content;
using EdgeGateway.Module.Tests.Serving.Fakes;

namespace EdgeGateway.Module.Tests.Serving;

/// <summary>What a child gets: content by digest, over HTTPS.</summary>
public sealed class ContentServerTests
{
    private static readonly byte[] Bytes = [.. Enumerable.Range(0, 300_000).Select(i => (byte)(i * 7))];

    [Fact]
    public async Task Get_Digest_IsTheContentWithItsTag()
    {
        await using var bench = await EndpointBench.StartAsync();
        var content = bench.Feed.Add(new FakeContent(Bytes));

        using var response = await bench.GetAsync($"/content/sha256/{content.Digest}");

        response.StatusCode.Should().Be(HttpStatusCode.OK);
        (await response.Content.ReadAsByteArrayAsync()).Should().Equal(Bytes);
        response.Content.Headers.ContentLength.Should().Be(Bytes.Length);
        response.Headers.ETag.Should().Be(new EntityTagHeaderValue($"\"{content.Digest}\""));
        response.Headers.AcceptRanges.Should().Equal("bytes");
        response.Content.Headers.ContentType!.MediaType.Should().Be("application/octet-stream");
        response.Headers.Server.Should().BeEmpty();
        await EndpointBench.UntilAsync(() => content.Readers == 0);
        bench.Metric("edgegateway_endpoint_requests_total", "2xx").Should().Be(1);
        bench.Metric("edgegateway_endpoint_sent_bytes_total", "Digest").Should().Be(Bytes.Length);
        bench.Metric("edgegateway_endpoint_readers").Should().Be(0);
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(100_000, 299_999)]
    [InlineData(299_999, 299_999)]
    [InlineData(65_535, 131_073)]
    public async Task Get_Range_IsThatPart(int first, int last)
    {
        await using var bench = await EndpointBench.StartAsync();
        var content = bench.Feed.Add(new FakeContent(Bytes));

        using var response = await bench.GetAsync($"/content/sha256/{content.Digest}", r => r.Headers.Range = new RangeHeaderValue(first, last));

        response.StatusCode.Should().Be(HttpStatusCode.PartialContent);
        response.Content.Headers.ContentRange.Should().Be(new ContentRangeHeaderValue(first, last, Bytes.Length));
        (await response.Content.ReadAsByteArrayAsync()).Should().Equal(Bytes[first..(last + 1)]);
    }

    [Fact]
    public async Task Get_RangeBehindTheEnd_Is416WithTheSize()
    {
        await using var bench = await EndpointBench.StartAsync();
        var content = bench.Feed.Add(new FakeContent(Bytes));

        using var response = await bench.GetAsync($"/content/sha256/{content.Digest}", r => r.Headers.Range = new RangeHeaderValue(300_000, null));

        response.StatusCode.Should().Be(HttpStatusCode.RequestedRangeNotSatisfiable);
        response.Content.Headers.ContentRange.Should().Be(new ContentRangeHeaderValue(300_000));
    }

    [Fact]
    public async Task Get_RangeOfAnotherVersion_IsTheWhole()
    {
        await using var bench = await EndpointBench.StartAsync();
        var content = bench.Feed.Add(new FakeContent(Bytes));

        using var response = await bench.GetAsync($"/content/sha256/{content.Digest}", r =>
        {
            r.Headers.Range = new RangeHeaderValue(5, 9);
            r.Headers.IfRange = new RangeConditionHeaderValue("\"other\"");
        });

        response.StatusCode.Should().Be(HttpStatusCode.OK);
        (await response.Content.ReadAsByteArrayAsync()).Should().HaveCount(Bytes.Length);
    }

    [Fact]
    public async Task Get_KnownAlready_Is304WithoutBody()
    {
        await using var bench = await EndpointBench.StartAsync();
        var content = bench.Feed.Add(new FakeContent(Bytes));

        using var response = await bench.GetAsync(
            $"/content/sha256/{content.Digest}", r => r.Headers.IfNoneMatch.Add(new EntityTagHeaderValue($"\"{content.Digest}\"")));

        response.StatusCode.Should().Be(HttpStatusCode.NotModified);
        response.Headers.ETag!.Tag.Should().Contain(content.Digest.ToString());
        (await response.Content.ReadAsByteArrayAsync()).Should().BeEmpty();
    }

    [Fact]
    public async Task Head_Digest_IsTheHeadersAlone_AndFetchesNothing()
    {
        await using var bench = await EndpointBench.StartAsync();
        var content = bench.Feed.Add(new FakeContent(Bytes));
        var missing = new FakeContent([1, 2, 3]);

        using var here = await bench.GetAsync($"/content/sha256/{content.Digest}?size=300000", r => r.Method = HttpMethod.Head);
        using var elsewhere = await bench.GetAsync($"/content/sha256/{missing.Digest}?size=3", r => r.Method = HttpMethod.Head);

        here.StatusCode.Should().Be(HttpStatusCode.OK);
        here.Content.Headers.ContentLength.Should().Be(Bytes.Length);
        elsewhere.StatusCode.Should().Be(HttpStatusCode.NotFound);
        bench.Feed.Asked.Should().BeEmpty();
    }

    [Fact]
    public async Task Get_WithSizeAndOrigin_AsksForThat_AndOriginOnlyWhereAllowed()
    {
        await using var bench = await EndpointBench.StartAsync();
        var content = bench.Feed.Add(new FakeContent(Bytes));

        using var allowed = await bench.GetAsync($"/content/sha256/{content.Digest}?size=300000&origin=https%3A%2F%2Forigin.example%2Fa");
        using var other = await bench.GetAsync($"/content/sha256/{content.Digest}?size=300000&origin=https%3A%2F%2Felsewhere.example%2Fa");

        bench.Feed.Asked.Should().Equal(
            new ContentReference(content.Digest, 300_000, new Uri("https://origin.example/a")), new ContentReference(content.Digest, 300_000, null));
    }

    [Fact]
    public async Task Get_WhileItArrives_IsPassedOnAtOnce()
    {
        await using var bench = await EndpointBench.StartAsync();
        var content = bench.Feed.Add(new FakeContent(Bytes));
        content.Arrive(70_000);
        using var client = bench.Client();
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(bench.Https, $"/content/sha256/{content.Digest}?size=300000"));
        request.Headers.TryAddWithoutValidation("Authorization", EndpointBench.Token());

        using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        await using var stream = await response.Content.ReadAsStreamAsync();
        var got = new byte[Bytes.Length];
        await stream.ReadExactlyAsync(got.AsMemory(0, 70_000));
        content.Arrive(Bytes.Length);
        await stream.ReadExactlyAsync(got.AsMemory(70_000));

        got.Should().Equal(Bytes);
    }

    [Fact]
    public async Task Get_ContentThatFailsLater_BreaksOffAndNeverEnds()
    {
        await using var bench = await EndpointBench.StartAsync();
        var content = bench.Feed.Add(new FakeContent(Bytes));
        content.Arrive(70_000);
        using var client = bench.Client();
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(bench.Https, $"/content/sha256/{content.Digest}?size=300000"));
        request.Headers.TryAddWithoutValidation("Authorization", EndpointBench.Token());
        using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        await using var stream = await response.Content.ReadAsStreamAsync();
        await stream.ReadExactlyAsync(new byte[70_000]);

        content.Fail(new ContentException(ContentFailure.WrongDigest, "it is something else"));

        var act = async () => await stream.CopyToAsync(Stream.Null);
        await act.Should().ThrowAsync<IOException>();
        await EndpointBench.UntilAsync(() => bench.Metric("edgegateway_endpoint_requests_total", "broken") == 1);
        content.Readers.Should().Be(0);
        bench.Log.Lines.Should().Contain(l => l.Contains("it is something else"));
    }

    [Theory]
    [InlineData(ContentFailure.NotFound, HttpStatusCode.NotFound)]
    [InlineData(ContentFailure.Unreachable, HttpStatusCode.BadGateway)]
    [InlineData(ContentFailure.TooSlow, HttpStatusCode.GatewayTimeout)]
    [InlineData(ContentFailure.WrongSize, HttpStatusCode.BadGateway)]
    [InlineData(ContentFailure.WrongDigest, HttpStatusCode.BadGateway)]
    [InlineData(ContentFailure.StoreFull, HttpStatusCode.InsufficientStorage)]
    [InlineData(ContentFailure.Disk, HttpStatusCode.InternalServerError)]
    public async Task Get_ContentThatFailsAtOnce_HasItsStatusAndWords(ContentFailure failure, HttpStatusCode status)
    {
        await using var bench = await EndpointBench.StartAsync();
        var content = bench.Feed.Add(new FakeContent(Bytes));
        content.Arrive(0);
        content.Fail(new ContentException(failure, "because of a test"));

        using var response = await bench.GetAsync($"/content/sha256/{content.Digest}?size=300000");

        response.StatusCode.Should().Be(status);
        (await response.Content.ReadAsStringAsync()).Should().Contain("because of a test");
        response.Headers.ETag.Should().BeNull();
        response.Headers.AcceptRanges.Should().BeEmpty();
    }

    [Fact]
    public async Task Get_NotHereAndOfUnknownSize_Is404()
    {
        await using var bench = await EndpointBench.StartAsync();

        using var response = await bench.GetAsync($"/content/sha256/{new FakeContent([1]).Digest}");

        response.StatusCode.Should().Be(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Get_ThroughThisGatewayBefore_Is508()
    {
        await using var bench = await EndpointBench.StartAsync();
        var content = bench.Feed.Add(new FakeContent(Bytes));

        using var loop = await bench.GetAsync(
            $"/content/sha256/{content.Digest}?size=300000", r => r.Headers.Add("EdgeGateway-Path", $"aaaa, {bench.Instance.Id},bbbb"));
        using var other = await bench.GetAsync($"/content/sha256/{content.Digest}?size=300000", r => r.Headers.Add("EdgeGateway-Path", "aaaa,bbbb"));
        using var endless = await bench.GetAsync(
            $"/content/sha256/{content.Digest}?size=300000", r => r.Headers.Add("EdgeGateway-Path", string.Join(',', Enumerable.Repeat("aa", 9))));
        using var nonsense = await bench.GetAsync($"/content/sha256/{content.Digest}?size=300000", r => r.Headers.Add("EdgeGateway-Path", "a/b"));

        ((int)loop.StatusCode).Should().Be(508);
        other.StatusCode.Should().Be(HttpStatusCode.OK);
        ((int)endless.StatusCode).Should().Be(508);
        nonsense.StatusCode.Should().Be(HttpStatusCode.BadRequest);
        bench.Feed.Asked.Should().ContainSingle().Which.Via.ToString().Should().Be("aaaa,bbbb");
    }

    [Fact]
    public async Task Post_Digest_Is405()
    {
        await using var bench = await EndpointBench.StartAsync();

        using var response = await bench.GetAsync("/content/sha256/aa", r => r.Method = HttpMethod.Post);

        response.StatusCode.Should().Be(HttpStatusCode.MethodNotAllowed);
        response.Content.Headers.Allow.Should().Equal("GET", "HEAD");
    }

    [Fact]
    public async Task Get_ClientThatLeaves_LetsGoOfTheContent()
    {
        await using var bench = await EndpointBench.StartAsync();
        var content = bench.Feed.Add(new FakeContent(Bytes));
        content.Arrive(10);
        using (var client = bench.Client())
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(bench.Https, $"/content/sha256/{content.Digest}?size=300000"));
            request.Headers.TryAddWithoutValidation("Authorization", EndpointBench.Token());
            using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
            content.Readers.Should().Be(1);
        }

        await EndpointBench.UntilAsync(() => content.Readers == 0);
    }

    [Fact]
    public async Task Get_MoreAtOnceThanAllowed_Is503UntilOneEnds()
    {
        await using var bench = await EndpointBench.StartAsync(o => o.MaxRequestsPerChild = 1);
        var content = bench.Feed.Add(new FakeContent(Bytes));
        content.Arrive(0);
        var first = bench.GetAsync($"/content/sha256/{content.Digest}?size=300000");
        await EndpointBench.UntilAsync(() => content.Readers == 1);

        using var second = await bench.GetAsync($"/content/sha256/{content.Digest}?size=300000");
        using var otherChild = await bench.GetAsync($"/content/sha256/{new FakeContent([1]).Digest}", token: EndpointBench.Token("line-4/gateway"));
        content.Arrive(Bytes.Length);
        using var done = await first;
        using var third = await bench.GetAsync($"/content/sha256/{content.Digest}?size=300000");

        second.StatusCode.Should().Be(HttpStatusCode.ServiceUnavailable);
        second.Headers.RetryAfter.Should().NotBeNull();
        otherChild.StatusCode.Should().Be(HttpStatusCode.NotFound);
        done.StatusCode.Should().Be(HttpStatusCode.OK);
        third.StatusCode.Should().Be(HttpStatusCode.OK);
        bench.Metric("edgegateway_endpoint_denied_total", "TooMany").Should().Be(1);
    }

    [Fact]
    public async Task Readiness_Listening_TellsAddressesAndEndOfTheCertificate()
    {
        await using var bench = await EndpointBench.StartAsync();

        var health = await bench.CheckAsync();
        health.Status.Should().Be(Microsoft.Extensions.Diagnostics.HealthChecks.HealthStatus.Healthy);
        health.Description.Should().Contain("https://127.0.0.1:").And.Contain("https://127.0.0.1:").And.Contain("http://127.0.0.1:").And.Contain("valid until 20");
    }
}
