using System.Net;
using System.Net.Http.Headers;
using EdgeGateway.Module.Tests.Serving.Fakes;
using EdgeGateway.Testing;

namespace EdgeGateway.Module.Tests.Serving;

/// <summary>What Delivery Optimization clients get: addresses of allowed origins, over plain HTTP, the kernel sending where it can.</summary>
public sealed class ConnectedCacheTests : IDisposable
{
    private const int Piece = 1 << 20;
    private static readonly byte[] Bytes = [.. Enumerable.Range(0, (5 * Piece) + 1234).Select(i => (byte)(i * 7 / 3))];
    private static readonly Uri Address = new("http://origin.example/inst/guid/mcu.bin?sig=a%2Bb");
    private const string Path = "/inst/guid/mcu.bin?sig=a%2Bb&cacheHostOrigin=origin.example";

    private readonly TempFolder _folder = new();
    private readonly HttpClient _http = new(new SocketsHttpHandler { UseProxy = false, MaxConnectionsPerServer = 4 });

    public static TheoryData<bool> Ways => [true, false];

    public void Dispose()
    {
        _http.Dispose();
        _folder.Dispose();
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task Get_ManyRangesOnFewConnections_MakeTheFile(bool isDirect)
    {
        await using var bench = await EndpointBench.StartAsync();
        using var file = isDirect ? WriteFile() : null;
        var content = bench.Feed.Add(Address, new FakeContent(Bytes) { File = file });
        var got = new byte[Bytes.Length];

        await Parallel.ForAsync(0, (Bytes.Length + Piece - 1) / Piece, async (i, cancellationToken) =>
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(bench.Http, Path));
            request.Headers.Range = new RangeHeaderValue(i * Piece, Math.Min(Bytes.Length, (i + 1) * Piece) - 1);
            using var response = await _http.SendAsync(request, cancellationToken);
            response.StatusCode.Should().Be(HttpStatusCode.PartialContent);
            (await response.Content.ReadAsByteArrayAsync(cancellationToken)).CopyTo(got, i * Piece);
        });

        got.Should().Equal(Bytes);
        await EndpointBench.UntilAsync(() => content.Readers == 0);
        bench.Metric("edgegateway_endpoint_sent_bytes_total", "Address").Should().Be(Bytes.Length);
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task Get_OneAfterTheOtherOnOneConnection_EachIsWhole(bool isDirect)
    {
        await using var bench = await EndpointBench.StartAsync(o => o.MaxConnections = 1);
        using var file = isDirect ? WriteFile() : null;
        bench.Feed.Add(Address, new FakeContent(Bytes) { File = file });

        for (var i = 0; i < 5; i++)
        {
            (await _http.GetByteArrayAsync(new Uri(bench.Http, Path))).Should().Equal(Bytes);
            using var head = await _http.SendAsync(new HttpRequestMessage(HttpMethod.Head, new Uri(bench.Http, Path)));
            head.Content.Headers.ContentLength.Should().Be(Bytes.Length);
            using var missing = await _http.GetAsync(new Uri(bench.Http, "/none?cacheHostOrigin=origin.example"));
            missing.StatusCode.Should().Be(HttpStatusCode.NotFound);
        }
    }

    [Fact]
    public async Task Get_FileThatBecameShorter_BreaksOff()
    {
        await using var bench = await EndpointBench.StartAsync();
        using var file = WriteFile();
        bench.Feed.Add(Address, new FakeContent(Bytes) { File = file });
        await using (var cut = new FileStream(_folder.File("content"), FileMode.Open, FileAccess.Write, FileShare.ReadWrite))
        {
            cut.SetLength(Piece);
        }

        var act = async () => await _http.GetByteArrayAsync(new Uri(bench.Http, Path));

        await act.Should().ThrowAsync<HttpRequestException>();
        await EndpointBench.UntilAsync(() => bench.Metric("edgegateway_endpoint_requests_total", "broken") == 1);
    }

    [Fact]
    public async Task Get_OriginThatIsNotAllowed_Is403AndAsksNobody()
    {
        await using var bench = await EndpointBench.StartAsync();

        using var response = await _http.GetAsync(new Uri(bench.Http, "/x?cacheHostOrigin=169.254.169.254"));

        response.StatusCode.Should().Be(HttpStatusCode.Forbidden);
        bench.Metric("edgegateway_endpoint_denied_total", "Origin").Should().Be(1);
    }

    [Fact]
    public async Task Get_DigestOverPlainHttp_Is403()
    {
        await using var bench = await EndpointBench.StartAsync();
        var content = bench.Feed.Add(new FakeContent(Bytes));

        using var response = await _http.GetAsync(new Uri(bench.Http, $"/content/sha256/{content.Digest}"));

        response.StatusCode.Should().Be(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task Get_OverHttps_NeedsLoginAndAsksTheOriginByHttps()
    {
        await using var bench = await EndpointBench.StartAsync();
        bench.Feed.Add(new UriBuilder(Address) { Scheme = "https", Port = -1 }.Uri, new FakeContent([1, 2, 3]));

        using var stranger = await bench.GetAsync(Path, r => r.Headers.Remove("Authorization"));
        using var child = await bench.GetAsync(Path);

        stranger.StatusCode.Should().Be(HttpStatusCode.Unauthorized);
        (await child.Content.ReadAsByteArrayAsync()).Should().Equal(1, 2, 3);
    }

    [Theory]
    [InlineData("GET /a/../b?cacheHostOrigin=origin.example HTTP/1.1\r\nHost: x\r\n\r\n")]
    [InlineData("GET /a/%2e%2e/b?cacheHostOrigin=origin.example HTTP/1.1\r\nHost: x\r\n\r\n")]
    [InlineData("GET //origin.example/b?cacheHostOrigin=origin.example HTTP/1.1\r\nHost: x\r\n\r\n")]
    [InlineData("GET http://origin.example/b?cacheHostOrigin=origin.example HTTP/1.1\r\nHost: origin.example\r\n\r\n")]
    [InlineData("GET /a%00b?cacheHostOrigin=origin.example HTTP/1.1\r\nHost: x\r\n\r\n")]
    [InlineData("GET /a\\b?cacheHostOrigin=origin.example HTTP/1.1\r\nHost: x\r\n\r\n")]
    [InlineData("GET /a\u00ff?cacheHostOrigin=origin.example HTTP/1.1\r\nHost: x\r\n\r\n")]
    [InlineData("GET /a?cacheHostOrigin=origin.example HTTP/1.1\r\n\r\n")]
    [InlineData("GET /a?cacheHostOrigin=origin.example HTTP/1.1\r\nHost: x\r\nHost: y\r\n\r\n")]
    [InlineData("nonsense\r\n\r\n")]
    public async Task Request_Trick_Is400(string request)
    {
        await using var bench = await EndpointBench.StartAsync();

        (await bench.SendRawAsync(request)).Should().StartWith("HTTP/1.1 400");
    }

    [Theory]
    [InlineData("CONNECT origin.example:443 HTTP/1.1\r\nHost: origin.example:443\r\n\r\n", "405")]
    [InlineData("OPTIONS * HTTP/1.1\r\nHost: x\r\n\r\n", "405")]
    [InlineData("POST /a?cacheHostOrigin=origin.example HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\nhello", "405")]
    public async Task Request_OtherMethod_Is405(string request, string status)
    {
        await using var bench = await EndpointBench.StartAsync();

        (await bench.SendRawAsync(request)).Should().StartWith($"HTTP/1.1 {status}");
    }

    [Fact]
    public async Task Request_FloodOfHeaders_IsRefused()
    {
        await using var bench = await EndpointBench.StartAsync();
        var many = string.Concat(Enumerable.Range(0, 100).Select(i => $"X-{i}: y\r\n"));
        var large = $"X: {new string('y', 20_000)}\r\n";

        (await bench.SendRawAsync($"GET /a HTTP/1.1\r\nHost: x\r\n{many}\r\n")).Should().StartWith("HTTP/1.1 431");
        (await bench.SendRawAsync($"GET /a HTTP/1.1\r\nHost: x\r\n{large}\r\n")).Should().StartWith("HTTP/1.1 431");
        (await bench.SendRawAsync($"GET /{new string('a', 9000)} HTTP/1.1\r\nHost: x\r\n\r\n")).Should().StartWith("HTTP/1.1 414");
    }

    private Microsoft.Win32.SafeHandles.SafeFileHandle WriteFile()
    {
        File.WriteAllBytes(_folder.File("content"), Bytes);
        return File.OpenHandle(_folder.File("content"), share: FileShare.ReadWrite);
    }
}
