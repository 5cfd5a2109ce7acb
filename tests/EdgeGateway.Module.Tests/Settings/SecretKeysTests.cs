using EdgeGateway.Module.Settings;

namespace EdgeGateway.Module.Tests.Settings;

public sealed class SecretKeysTests
{
    [Theory]
    [InlineData("Credentials:GroupKey")]
    [InlineData("Credentials:Keys:mcu-sas")]
    [InlineData("Hub:ConnectionString")]
    [InlineData("Hub:pasword:Password")]
    public void Mask_Secret_IsHidden(string key) => SecretKeys.Mask(key, "v").Should().Be(SecretKeys.Hidden);

    [Theory]
    [InlineData("Credentials:GroupKeyFile")]
    [InlineData("Hub:TokenLifetime")]
    [InlineData("Hub:Port")]
    public void Mask_NoSecret_IsShown(string key) => SecretKeys.Mask(key, "v").Should().Be("v");
}
