using EdgeGateway.Module.Serving.Requests;
using EdgeGateway.Testing;
using Xunit.Abstractions;

namespace EdgeGateway.Module.Tests.Serving.Requests;

public sealed class RequestTargetTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData("")]
    [InlineData("*")]
    [InlineData("/")]
    [InlineData("a/b")]
    [InlineData("http://origin.example/a")]
    [InlineData("//origin.example/a")]
    [InlineData("/a//b")]
    [InlineData("/a/")]
    [InlineData("/./a")]
    [InlineData("/a/../b")]
    [InlineData("/a/%2e%2E/b")]
    [InlineData("/a/.%2e/b")]
    [InlineData("/a%2fb")]
    [InlineData("/a%2Fb")]
    [InlineData("/a%5cb")]
    [InlineData("/a\\b")]
    [InlineData("/a%00b")]
    [InlineData("/a%0d%0ab")]
    [InlineData("/a%7f")]
    [InlineData("/a%")]
    [InlineData("/a%2")]
    [InlineData("/a%zz")]
    [InlineData("/a#b")]
    [InlineData("/a b")]
    [InlineData("/\u00e4")]
    [InlineData("/a\u0000b")]
    public void TryParse_Trick_IsRefused(string raw) => RequestTarget.TryParse(raw).Should().BeNull();

    [Fact]
    public void TryParse_Plain_IsTakenApart()
    {
        var target = RequestTarget.TryParse("/a%20b/c..d/%252e%252e?x=1&y&x=%41&z=a=b")!;

        target.Path.Should().Be("/a%20b/c..d/%252e%252e");
        target.Segments.Should().Equal("a b", "c..d", "%2e%2e");
        target.Query.Should().Equal(("x", "1"), ("y", null), ("x", "%41"), ("z", "a=b"));
    }

    [Theory]
    [InlineData("/a?size=%35", true, "5")]
    [InlineData("/a?SIZE=5", true, "5")]
    [InlineData("/a?other=5", true, null)]
    [InlineData("/a?size=5&size=5", false, null)]
    [InlineData("/a?size=%0", false, null)]
    public void TryGet_Parameter_IsDecodedOnce(string raw, bool isRight, string? value)
    {
        RequestTarget.TryParse(raw)!.TryGet("size", out var found).Should().Be(isRight);

        found.Should().Be(value);
    }

    [Theory]
    [InlineData("/a?x=%26&cacheHostOrigin=h&y", "/a?x=%26&y")]
    [InlineData("/a?cacheHostOrigin=h", "/a")]
    [InlineData("/a?&cachehostorigin=h&&sig=a%2Bb%3D", "/a?sig=a%2Bb%3D")]
    public void Without_Parameter_RestIsAsItCame(string raw, string rest) =>
        RequestTarget.TryParse(raw)!.Without("cacheHostOrigin").Should().Be(rest);

    [Fact]
    public void TryParse_AnyText_NeverHasSegmentsThatMislead()
    {
        var random = new Random(Seed.Take(output));
        for (var i = 0; i < 20_000; i++)
        {
            var raw = "/" + string.Concat(Enumerable.Range(0, random.Next(14)).Select(_ => "a./%25eEfFcC\\?&=0"[random.Next(17)]));

            var misleads = RequestTarget.TryParse(raw)?.Segments.Any(
                s => s.Length == 0 || s == "." || s == ".." || s.Contains('/') || s.Contains('\\') || s.Any(char.IsControl));
            if (misleads == true)
            {
                Assert.Fail(raw);
            }
        }
    }
}
