using EdgeGateway.Module.Serving.Requests;

namespace EdgeGateway.Module.Tests.Serving.Requests;

public sealed class OriginListTests
{
    private readonly OriginList _list = new(
        ["origin.example", "*.below.example", "10.1.2.3", "[fd00::1]:8080", "port.example:8080", "any.example:*", "169.254.1.1:*", "?", "*.10.0.0.1"]);

    [Theory]
    [InlineData("http://acct.b.nlu.dl.adu.microsoft.com/x")]
    [InlineData("https://acct.b.nlu.dl.adu.microsoft.com/x")]
    [InlineData("http://ORIGIN.example/x")]
    [InlineData("https://a.b.below.example/x")]
    [InlineData("http://10.1.2.3/x")]
    [InlineData("http://[fd00::1]:8080/x")]
    [InlineData("http://[fd00:0:0::1]:8080/x")]
    [InlineData("http://port.example:8080/x")]
    [InlineData("http://any.example:1/x")]
    [InlineData("http://169.254.1.1:99/x")]
    public void Allows_Listed_True(string address) => _list.Allows(new Uri(address)).Should().BeTrue();

    [Theory]
    [InlineData("http://b.nlu.dl.adu.microsoft.com/x")]
    [InlineData("http://xb.nlu.dl.adu.microsoft.com/x")]
    [InlineData("http://acct.b.nlu.dl.adu.microsoft.com.evil.example/x")]
    [InlineData("http://acct.b.nlu.dl.adu.microsoft.com:8080/x")]
    [InlineData("http://sub.origin.example/x")]
    [InlineData("http://origin.example:81/x")]
    [InlineData("http://below.example/x")]
    [InlineData("http://port.example/x")]
    [InlineData("http://user@origin.example/x")]
    [InlineData("http://user:pass@origin.example/x")]
    [InlineData("ftp://origin.example/x")]
    [InlineData("file:///etc/passwd")]
    [InlineData("http://localhost/x")]
    [InlineData("http://127.0.0.1/x")]
    [InlineData("http://2130706433/x")]
    [InlineData("http://0x7f.1/x")]
    [InlineData("http://[::1]/x")]
    [InlineData("http://[::ffff:127.0.0.1]/x")]
    [InlineData("http://169.254.169.254/metadata/identity")]
    [InlineData("http://168.63.129.16/x")]
    [InlineData("http://10.1.2.4/x")]
    [InlineData("http://9.10.0.0.1/x")]
    public void Allows_Other_False(string address) =>
        (Uri.TryCreate(address, UriKind.Absolute, out var uri) && _list.Allows(uri)).Should().BeFalse();

    [Theory]
    [InlineData("host", true)]
    [InlineData("*.host.example", true)]
    [InlineData("10.0.0.1:*", true)]
    [InlineData("::1", true)]
    [InlineData("[::1]:443", true)]
    [InlineData("", false)]
    [InlineData("*", false)]
    [InlineData("*.", false)]
    [InlineData("http://host", false)]
    [InlineData("host/path", false)]
    [InlineData("host:0", false)]
    [InlineData("host:65536", false)]
    [InlineData("host:x", false)]
    [InlineData("*.10.0.0.1", false)]
    [InlineData("user@host", false)]
    public void TryParse_Entry_IsReadOrRefused(string text, bool isRight) => (OriginRule.TryParse(text) is not null).Should().Be(isRight);
}
