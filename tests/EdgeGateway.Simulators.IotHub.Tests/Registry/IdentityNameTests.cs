using EdgeGateway.Simulators.IotHub.Errors;
using EdgeGateway.Simulators.IotHub.Registry;

namespace EdgeGateway.Simulators.IotHub.Tests.Registry;

public sealed class IdentityNameTests
{
    [Fact]
    public void FromClientId_DeviceOrModule_IsRead()
    {
        IdentityName.FromClientId("a").Should().Be(new IdentityName("a"));
        IdentityName.FromClientId("a/b").Should().Be(new IdentityName("a", "b"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("a/")]
    [InlineData("a/b/c")]
    [InlineData("a b")]
    [InlineData("ä")]
    public void FromClientId_Other_IsNull(string clientId) => IdentityName.FromClientId(clientId).Should().BeNull();

    [Fact]
    public void Checked_TooLong_IsRefused()
    {
        new IdentityName(new string('x', 128)).Checked().DeviceId.Should().HaveLength(128);
        FluentActions.Invoking(() => new IdentityName(new string('x', 129)).Checked()).Should().Throw<HubRequestException>();
    }

    [Fact]
    public void ResourcePath_DeviceAndModule_IsAsInTokens()
    {
        new IdentityName("a").ResourcePath.Should().Be("devices/a");
        new IdentityName("a", "b").ResourcePath.Should().Be("devices/a/modules/b");
    }
}
