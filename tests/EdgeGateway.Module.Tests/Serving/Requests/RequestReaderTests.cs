using EdgeGateway.Module.Serving.Access;
using EdgeGateway.Module.Serving.Requests;

namespace EdgeGateway.Module.Tests.Serving.Requests;

public sealed class RequestReaderTests
{
    private const string Hex = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";
    private readonly RequestReader _reader = new(new OriginList(["origin.example", "127.0.0.1:8080"]));

    [Fact]
    public void Read_Digest_HasSizeAndOrigin()
    {
        var (request, refusal) = _reader.Read($"/content/sha256/{Hex}?size=42&origin=https%3A%2F%2Forigin.example%2Fa%20b%3Fsig%3Dx%252B&new=1", true);

        refusal.Should().BeNull();
        request!.Digest.ToString().Should().Be(Hex);
        request.Size.Should().Be(42);
        request.Origin!.AbsoluteUri.Should().Be("https://origin.example/a%20b?sig=x%2B");
        request.Kind.Should().Be(RequestKind.Digest);
    }

    [Theory]
    [InlineData("http%3A%2F%2Felsewhere.example%2Fa")]
    [InlineData("http%3A%2F%2F169.254.169.254%2Fa")]
    [InlineData("file%3A%2F%2F%2Fetc%2Fpasswd")]
    [InlineData("nonsense")]
    [InlineData("")]
    public void Read_DigestWithOriginThatIsNotAllowed_GoesWithoutIt(string origin)
    {
        var (request, _) = _reader.Read($"/content/sha256/{Hex}?size=42&origin={origin}", true);

        request!.Size.Should().Be(42);
        request.Origin.Should().BeNull();
    }

    [Theory]
    [InlineData("/content/sha256/0123")]
    [InlineData("/content/sha256/0000000000000000000000000000000000000000000000000000000000000000")]
    [InlineData("/content/sha256/" + Hex + "?size=0")]
    [InlineData("/content/sha256/" + Hex + "?size=-1")]
    [InlineData("/content/sha256/" + Hex + "?size=99999999999999999999")]
    [InlineData("/content/sha256/" + Hex + "?size=1&size=2")]
    [InlineData("/content/sha256/" + Hex + "?origin=a&origin=b")]
    [InlineData("/a?cacheHostOrigin=origin.example&cacheHostOrigin=origin.example")]
    [InlineData("/a?cacheHostOrigin=")]
    [InlineData("/a?cacheHostOrigin=user@origin.example")]
    [InlineData("/a?cacheHostOrigin=origin.example%2Fb")]
    [InlineData("/a?cacheHostOrigin=origin.example%3Fb")]
    [InlineData("/a?cacheHostOrigin=origin.example%23")]
    [InlineData("/a?cacheHostOrigin=origin.example.")]
    [InlineData("/a?cacheHostOrigin=origin.example:")]
    [InlineData("/a?cacheHostOrigin=2130706433")]
    [InlineData("/a?cacheHostOrigin=%C3%A4.example")]
    [InlineData("/a/../b?cacheHostOrigin=origin.example")]
    public void Read_Nonsense_Is400(string raw) => _reader.Read(raw, true).Refusal!.Status.Should().Be(400);

    [Theory]
    [InlineData("/")]
    [InlineData("/content")]
    [InlineData("/content/sha512/" + Hex)]
    [InlineData("/a/b?x=y")]
    public void Read_NeitherForm_IsRefused(string raw) => _reader.Read(raw, true).Refusal!.Status.Should().BeOneOf(400, 404);

    [Theory]
    [InlineData(false, "http://origin.example/inst/guid/mcu.bin?sig=a%2Bb")]
    [InlineData(true, "https://origin.example/inst/guid/mcu.bin?sig=a%2Bb")]
    public void Read_ConnectedCache_IsTheAddressAtTheOrigin(bool isHttps, string address)
    {
        var (request, refusal) = _reader.Read("/inst/guid/mcu.bin?sig=a%2Bb&cacheHostOrigin=origin.example", isHttps);

        refusal.Should().BeNull();
        request!.Address!.AbsoluteUri.Should().Be(address);
        request.Kind.Should().Be(RequestKind.Address);
    }

    [Theory]
    [InlineData("elsewhere.example")]
    [InlineData("origin.example:81")]
    [InlineData("localhost")]
    [InlineData("127.0.0.1")]
    [InlineData("127.0.0.1:8081")]
    [InlineData("[::1]")]
    [InlineData("169.254.169.254")]
    public void Read_ConnectedCacheWithOriginThatIsNotAllowed_Is403(string host)
    {
        var (_, refusal) = _reader.Read($"/a?cacheHostOrigin={host}", false);

        refusal.Should().Be(new Refusal(403, "The origin is not allowed here.", AccessDenial.Origin));
    }

    [Fact]
    public void Read_ConnectedCacheWithListedAddress_IsServed() =>
        _reader.Read("/a?cacheHostOrigin=127.0.0.1:8080", false).Request!.Address.Should().Be(new Uri("http://127.0.0.1:8080/a"));
}
