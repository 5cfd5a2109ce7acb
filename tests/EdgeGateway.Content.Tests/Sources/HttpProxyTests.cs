using System.Net;
using EdgeGateway.Content.Sources;

namespace EdgeGateway.Content.Tests.Sources;

public sealed class HttpProxyTests
{
    [Fact]
    public void Of_WithLogin_KeepsItOutOfTheAddress()
    {
        var proxy = HttpProxy.Of(new Uri("http://plant:s%3Aecret@proxy.test:3128/"));

        proxy.Address.Should().Be(new Uri("http://proxy.test:3128/"));
        proxy.Address!.ToString().Should().NotContain("plant").And.NotContain("ecret");
        var login = proxy.Credentials.Should().BeOfType<NetworkCredential>().Subject;
        (login.UserName, login.Password).Should().Be(("plant", "s:ecret"));
    }

    [Fact]
    public void Of_WithoutLogin_HasNone() => HttpProxy.Of(new Uri("http://proxy.test:3128")).Credentials.Should().BeNull();
}
