using EdgeGateway.Content.Sources.Parents;
using EdgeGateway.Module.Parents;

namespace EdgeGateway.Module.Tests.Parents;

public sealed class ParentAddressesTests
{
    [Theory]
    [InlineData("gateway-2", "https://gateway-2:9443/")]
    [InlineData("gateway-2.plant.local:443", "https://gateway-2.plant.local/")]
    [InlineData(" 198.18.0.1 ", "https://198.18.0.1:9443/")]
    [InlineData("::1", "https://[::1]:9443/")]
    [InlineData("[fe80::1]:1000", "https://[fe80::1]:1000/")]
    [InlineData("", null)]
    [InlineData("https://gateway", null)]
    [InlineData("gateway/path", null)]
    [InlineData("gateway:0", null)]
    [InlineData("gateway:65536", null)]
    [InlineData("gateway:x", null)]
    [InlineData("user@gateway", null)]
    public void Parse_Text_AddressOrNone(string text, string? address) =>
        (ParentAddresses.Parse(text, 9443)?.AbsoluteUri).Should().Be(address);

    [Fact]
    public void Of_SettingsAndEnvironment_TheSettingsFirst()
    {
        var options = new ParentOptions { HostName = "a" };
        options.Alternatives.Add("b:1");
        options.Alternatives.Add("a");

        ParentAddresses.Of(options, "env").Select(u => u.Authority).Should().Equal("a:9443", "b:1");
        ParentAddresses.Of(new ParentOptions(), "env").Select(u => u.Authority).Should().Equal("env:9443");
        ParentAddresses.Of(new ParentOptions(), null).Should().BeEmpty();
        ParentAddresses.Of(new ParentOptions { Enabled = false, HostName = "a" }, "env").Should().BeEmpty();
    }
}
