using EdgeGateway.Content;
using EdgeGateway.Content.Sources;

namespace EdgeGateway.Content.Tests.Sources;

public sealed class OriginRulesTests
{
    [Theory]
    [InlineData("https://user:pw@cdn.test/a/b.bin?sig=1#part", "https://cdn.test/a/b.bin")]
    [InlineData("http://cdn.test:8080/a%20b", "http://cdn.test:8080/a%20b")]
    public void Name_Address_OnlyWhatIsNotSecret(string address, string name) => OriginRules.Name(new Uri(address)).Should().Be(name);

    [Theory]
    [InlineData("ftp://cdn.test/a")]
    [InlineData("file:///etc/passwd")]
    [InlineData("a/b")]
    public void Check_NotHttp_NotFound(string address) => Refused(() => OriginRules.Check(new Uri(address, UriKind.RelativeOrAbsolute), []));

    [Theory]
    [InlineData("cdn.test", "cdn.test", true)]
    [InlineData("CDN.test", "cdn.TEST", true)]
    [InlineData("a.cdn.test", "*.cdn.test", true)]
    [InlineData("a.b.cdn.test", "*.cdn.test", true)]
    [InlineData("cdn.test", "*.cdn.test", false)]
    [InlineData("evilcdn.test", "*.cdn.test", false)]
    [InlineData("a.cdn.test", "cdn.test", false)]
    [InlineData("cdn.test.evil", "cdn.test", false)]
    public void Check_AllowedHosts_OnlyThose(string host, string allowed, bool passes)
    {
        var check = () => OriginRules.Check(new Uri($"https://{host}/image"), [allowed]);

        if (passes)
        {
            check.Should().NotThrow();
        }
        else
        {
            Refused(check);
        }
    }

    [Theory]
    [InlineData("https://a.test/x", "http://a.test/x")]
    [InlineData("https://a.test/x", "ftp://a.test/x")]
    [InlineData("https://a.test/x", null)]
    public void Redirect_Downgrade_NotFound(string from, string? to) =>
        Refused(() => OriginRules.Redirect(new Uri(from), to is null ? null : new Uri(to, UriKind.RelativeOrAbsolute)));

    [Theory]
    [InlineData("http://a.test/x", "https://b.test/y", "https://b.test/y")]
    [InlineData("https://a.test/x/y", "../z?q", "https://a.test/z?q")]
    [InlineData("https://a.test/x", "//b.test/y", "https://b.test/y")]
    public void Redirect_SameOrBetterScheme_Resolved(string from, string to, string expected) =>
        OriginRules.Redirect(new Uri(from), new Uri(to, UriKind.RelativeOrAbsolute)).Should().Be(new Uri(expected));

    private static void Refused(Action action) => action.Should().Throw<ContentException>().Which.Failure.Should().Be(ContentFailure.NotFound);
}
