using EdgeGateway.Module.Settings;

namespace EdgeGateway.Module.Tests.Settings.Rules;

public sealed class HubRuleTests
{
    [Fact]
    public void Check_NoHostAndNoEnvironment_IsNamed() =>
        SettingsReader.Read(SettingsText.Configuration("{}"), RuntimeEnvironment.Empty).Errors
            .Should().ContainSingle().Which.ToString().Should().StartWith("Hub:HostName: expected the name of the IoT Hub");

    [Fact]
    public void Check_HostAndNoEnvironment_IsFine() =>
        SettingsReader.Read(SettingsText.Configuration("""{ "Hub": { "HostName": "h.example" } }"""), RuntimeEnvironment.Empty).Errors.Should().BeEmpty();

    [Theory]
    [InlineData("https://h.example")]
    [InlineData("h.example:8883")]
    public void Check_HostThatIsNone_IsNamed(string host) =>
        SettingsText.Mistakes($$"""{ "Hub": { "GatewayHostName": "{{host}}" } }""").Should().ContainSingle().Which.Should().Contain("without scheme and port");

    [Fact]
    public void Check_ProxyOfAnotherScheme_IsNamedWithoutItsPassword() =>
        SettingsText.Mistakes("""{ "Hub": { "ProxyUrl": "socks5://me:hidden@proxy" } }""")
            .Should().ContainSingle().Which.Should().Contain("Hub:ProxyUrl").And.Contain("http or https").And.NotContain("hidden");

    [Fact]
    public void Check_EnvironmentThatContradictsItself_NamesEachMistake()
    {
        var environment = RuntimeEnvironment.From(name => name == "IOTEDGE_MODULEID" ? "gateway" : null);

        var errors = SettingsReader.Read(SettingsText.Configuration("{}"), environment).Errors;

        errors.Should().HaveCountGreaterThan(3);
        errors.Select(e => e.ToString()).Should().Contain(e => e.Contains("IOTEDGE_DEVICEID"));
    }
}
