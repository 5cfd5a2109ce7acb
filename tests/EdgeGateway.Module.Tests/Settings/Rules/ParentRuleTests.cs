using EdgeGateway.Module.Settings;

namespace EdgeGateway.Module.Tests.Settings.Rules;

public sealed class ParentRuleTests
{
    [Theory]
    [InlineData("""{ "Parent": { "HostName": "gateway-2", "Alternatives": [ "gateway-3:443", "198.18.0.1" ] }, "Content": { "OriginAllowed": false } }""")]
    [InlineData("""{ "Parent": { "Alternatives": [ "gateway-3" ] }, "Content": { "OriginAllowed": false } }""")]
    [InlineData("{}")]
    public void Check_Right_IsFine(string json) => SettingsText.Mistakes(json).Should().BeEmpty();

    [Theory]
    [InlineData("""{ "Parent": { "HostName": "https://gateway-2" } }""", "Parent:HostName")]
    [InlineData("""{ "Parent": { "HostName": "gateway-2:9443" } }""", "Parent:HostName")]
    [InlineData("""{ "Parent": { "Alternatives": [ "a", "b:0" ] } }""", "Parent:Alternatives:1")]
    [InlineData("""{ "Parent": { "HostName": "a", "TrustedCaFile": "/nowhere/ca.pem" } }""", "Parent:TrustedCaFile")]
    [InlineData("""{ "Content": { "OriginAllowed": false } }""", "Content:OriginAllowed")]
    [InlineData("""{ "Parent": { "HostName": "a", "Enabled": false }, "Content": { "OriginAllowed": false } }""", "Content:OriginAllowed")]
    public void Check_Wrong_IsNamed(string json, string key) =>
        SettingsText.Mistakes(json).Should().ContainSingle().Which.Should().StartWith(key + " = ");

    [Fact]
    public void Check_KeyWithoutCertificate_IsNamed() =>
        SettingsText.Mistakes("""{ "Parent": { "ClientKeyFile": "/nowhere/own.key" } }""").Should().Contain(m => m.StartsWith("Parent:ClientCertificateFile"));

    [Fact]
    public void Check_ParentOfTheEnvironment_IsOne()
    {
        var environment = SettingsText.Environment with { ParentHostName = "gateway-2" };

        SettingsReader.Read(SettingsText.Configuration("""{ "Content": { "OriginAllowed": false } }"""), environment).Errors.Should().BeEmpty();
    }

    [Fact]
    public void From_Environment_KnowsTheParent() =>
        RuntimeEnvironment.From(name => name == "IOTEDGE_PARENTHOSTNAME" ? " gateway-2 " : null).ParentHostName.Should().Be("gateway-2");
}
