using System.Net;
using EdgeGateway.Module.Tests.Serving.Fakes;

namespace EdgeGateway.Module.Tests.Serving.Access;

/// <summary>Who is served over HTTPS, asked by real clients.</summary>
public sealed class ChildAccessTests
{
    private const string San = "azureiot://hub.example/devices/line-3/modules/gateway";

    public static TheoryData<string, string> WrongTokens => new()
    {
        { "", "Malformed" },
        { "Basic YTpi", "Malformed" },
        { "SharedAccessSignature", "Malformed" },
        { "SharedAccessSignature sr=a", "Malformed" },
        { EndpointBench.Token() + "&se=4000000000", "Malformed" },
        { EndpointBench.Token() + "&sr=hub.example", "Malformed" },
        { EndpointBench.Token()[..^1] + "x", "Malformed" },
        { "SharedAccessSignature " + new string('a', 5000), "Malformed" },
        { EndpointBench.Token(hub: "other.example"), "WrongScope" },
        { EndpointBench.Token(key: [1, 2, 3]), "WrongKey" },
        { EndpointBench.Token(expiry: new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero)), "Expired" },
        { DeviceToken("hub.example/devices/line-3"), "WrongScope" },
        { DeviceToken("hub.example"), "WrongScope" },
        { DeviceToken("hub.example/devices/line-3/modules/gateway/x"), "WrongScope" },
        { EndpointBench.Token("line-4/gateway", key: KeyOf("line-3/gateway")), "WrongKey" },
    };

    [Fact]
    public async Task Get_WithoutCredentials_Is401ThatSaysHow()
    {
        await using var bench = await EndpointBench.StartAsync();

        using var response = await bench.GetAsync("/content/sha256/aa", r => r.Headers.Remove("Authorization"));

        response.StatusCode.Should().Be(HttpStatusCode.Unauthorized);
        response.Headers.WwwAuthenticate.ToString().Should().StartWith("SharedAccessSignature");
        bench.Metric("edgegateway_endpoint_denied_total", "NoCredentials").Should().Be(1);
    }

    [Theory]
    [MemberData(nameof(WrongTokens))]
    public async Task Get_WrongToken_Is401AndCounted(string token, string reason)
    {
        await using var bench = await EndpointBench.StartAsync();

        using var response = await bench.GetAsync("/content/sha256/aa", token: token);

        response.StatusCode.Should().Be(HttpStatusCode.Unauthorized);
        response.Headers.WwwAuthenticate.Should().NotBeEmpty();
        (await response.Content.ReadAsStringAsync()).Should().NotContain("line-3");
        bench.Metric("edgegateway_endpoint_denied_total", reason).Should().Be(1);
    }

    [Fact]
    public async Task Get_TwoTokens_Is401()
    {
        await using var bench = await EndpointBench.StartAsync();

        using var response = await bench.GetAsync("/content/sha256/aa", r => r.Headers.TryAddWithoutValidation("Authorization", EndpointBench.Token()));

        response.StatusCode.Should().Be(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task Get_ChildThatIsNotListed_Is403()
    {
        await using var bench = await EndpointBench.StartAsync(o => o.Children.Add("line-4/gateway"));

        using var other = await bench.GetAsync("/content/sha256/aa");
        using var listed = await bench.GetAsync("/content/sha256/aa", token: EndpointBench.Token("line-4/gateway"));

        other.StatusCode.Should().Be(HttpStatusCode.Forbidden);
        listed.StatusCode.Should().Be(HttpStatusCode.BadRequest, "it was let in, and no digest is 'aa'");
        bench.Metric("edgegateway_endpoint_denied_total", "NotAllowed").Should().Be(1);
    }

    [Fact]
    public async Task Get_FileOfKeysThatChanges_CountsAtOnce()
    {
        string? file = null;
        await using var bench = await EndpointBench.StartAsync(o =>
        {
            file = Path.Combine(Path.GetDirectoryName(o.ChildGroupKeyFile!)!, "children.json");
            (o.ChildKeysFile, o.ChildGroupKeyFile) = (file, null);
        });

        using var missing = await bench.GetAsync("/content/sha256/aa");
        await File.WriteAllTextAsync(file!, "{ \"other/gateway\": \"AAAA\" }");
        using var unknown = await bench.GetAsync("/content/sha256/aa");
        await File.WriteAllTextAsync(file!, $$"""{ "{{EndpointBench.Child}}": "{{Convert.ToBase64String(KeyOf(EndpointBench.Child))}}" }""");
        using var known = await bench.GetAsync("/content/sha256/aa");

        missing.StatusCode.Should().Be(HttpStatusCode.ServiceUnavailable);
        unknown.StatusCode.Should().Be(HttpStatusCode.Unauthorized);
        known.StatusCode.Should().Be(HttpStatusCode.BadRequest);
        bench.Metric("edgegateway_endpoint_denied_total", "UnknownChild").Should().Be(1);
    }

    [Fact]
    public async Task Get_CertificateOfAListedChild_IsServed()
    {
        await using var bench = await EndpointBench.StartAsync(o => o.Children.Add(EndpointBench.Child));
        var content = bench.Feed.Add(new FakeContent([1, 2, 3]));
        using var certificate = bench.Certificates.Client(San);
        using var client = bench.Client(certificate);

        (await client.GetByteArrayAsync(new Uri(bench.Https, $"/content/sha256/{content.Digest}"))).Should().Equal(1, 2, 3);
    }

    [Theory]
    [InlineData("azureiot://hub.example/devices/line-4/modules/gateway", HttpStatusCode.Forbidden, "NotAllowed")]
    [InlineData("azureiot://other.example/devices/line-3/modules/gateway", HttpStatusCode.Unauthorized, "WrongScope")]
    [InlineData("azureiot://hub.example/devices/line-3", HttpStatusCode.Unauthorized, "WrongScope")]
    [InlineData("https://hub.example/devices/line-3/modules/gateway", HttpStatusCode.Unauthorized, "WrongScope")]
    public async Task Get_CertificateOfSomebodyElse_IsDenied(string san, HttpStatusCode status, string reason)
    {
        await using var bench = await EndpointBench.StartAsync(o => o.Children.Add(EndpointBench.Child));
        using var certificate = bench.Certificates.Client(san);
        using var client = bench.Client(certificate);

        using var response = await client.GetAsync(new Uri(bench.Https, "/content/sha256/aa"));

        response.StatusCode.Should().Be(status);
        bench.Metric("edgegateway_endpoint_denied_total", reason).Should().Be(1);
    }

    [Fact]
    public async Task Get_CertificateWithTwoNames_IsDenied()
    {
        await using var bench = await EndpointBench.StartAsync(o => o.Children.Add(EndpointBench.Child));
        using var certificate = bench.Certificates.Client(San, "azureiot://hub.example/devices/line-4/modules/gateway");
        using var client = bench.Client(certificate);

        using var response = await client.GetAsync(new Uri(bench.Https, "/content/sha256/aa"));

        response.StatusCode.Should().Be(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task Get_CertificateOfAnotherAuthority_Is401()
    {
        await using var bench = await EndpointBench.StartAsync(o => o.Children.Add(EndpointBench.Child));
        using var others = new TestCertificates();
        using var certificate = others.Client(San);
        using var client = bench.Client(certificate);

        using var response = await client.GetAsync(new Uri(bench.Https, "/content/sha256/aa"));

        response.StatusCode.Should().Be(HttpStatusCode.Unauthorized);
        bench.Metric("edgegateway_endpoint_denied_total", "Untrusted").Should().Be(1);
    }

    [Fact]
    public async Task Get_CertificateForServers_Is401()
    {
        await using var bench = await EndpointBench.StartAsync(o => o.Children.Add(EndpointBench.Child));
        var (pem, key) = bench.Certificates.Server("line-3");
        using var bare = System.Security.Cryptography.X509Certificates.X509Certificate2.CreateFromPem(pem, key);
        using var client = bench.Client(bare);

        using var response = await client.GetAsync(new Uri(bench.Https, "/content/sha256/aa"));

        response.StatusCode.Should().Be(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task Get_DeniedAgainAndAgain_IsLoggedOnce()
    {
        await using var bench = await EndpointBench.StartAsync();

        for (var i = 0; i < 20; i++)
        {
            using var response = await bench.GetAsync("/content/sha256/aa", token: EndpointBench.Token(key: [1]));
        }

        bench.Log.Lines.Should().ContainSingle(l => l.Contains("is not served (WrongKey)")).Which.Should().NotContain("sig=");
        bench.Metric("edgegateway_endpoint_denied_total", "WrongKey").Should().Be(20);
    }

    private static string DeviceToken(string resource) => EdgeGateway.Hub.Identity.SharedAccessSignature.Create(
        resource, KeyOf(EndpointBench.Child), new DateTimeOffset(2089, 1, 1, 0, 0, 0, TimeSpan.Zero)).ToString();

    private static byte[] KeyOf(string child) => EdgeGateway.Hub.Identity.DerivedKey.Compute(EndpointBench.GroupKey, child);
}
