using EdgeGateway.Hub.Identity;

namespace EdgeGateway.Hub.Tests.Identity;

public sealed class SharedAccessSignatureTests
{
    private static readonly byte[] Key = "0123456789abcdef0123456789abcdef"u8.ToArray();
    private static readonly DateTimeOffset Now = DateTimeOffset.FromUnixTimeSeconds(1_800_000_000);
    private const string Resource = "contoso.azure-devices.net/devices/mcu-07";

    [Fact]
    public void Create_KnownKey_GivesTheTokenOpenSslGives()
    {
        // printf 'contoso.azure-devices.net%%2Fdevices%%2Fmcu-07\n1800000000' |
        //   openssl dgst -sha256 -hmac 0123456789abcdef0123456789abcdef -binary | base64
        var token = SharedAccessSignature.Create(Resource, Key, Now).ToString();

        token.Should().Be(
            "SharedAccessSignature sr=contoso.azure-devices.net%2Fdevices%2Fmcu-07&sig=QSKM%2BGBT2kETJfL7QadV09WEaew9vSZehMhMRk2bmgo%3D&se=1800000000");
    }

    [Theory]
    [InlineData("service")]
    [InlineData(null)]
    public void Parse_Created_ChecksAsValid(string? keyName)
    {
        var token = SharedAccessSignature.Parse(SharedAccessSignature.Create(Resource, Key, Now, keyName).ToString());

        token.Resource.Should().Be(Resource);
        token.Expiry.Should().Be(Now);
        token.KeyName.Should().Be(keyName);
        token.Check(Key, Resource, Now.AddSeconds(-1)).Should().Be(SharedAccessSignatureCheck.Valid);
    }

    [Fact]
    public void Parse_LowerCaseEncoding_ChecksAsValid()
    {
        // other clients encode '/' as %2f; what was signed is the text as it stands in the token
        var encoded = "contoso.azure-devices.net%2fdevices%2fmcu-07";
        var signature = System.Security.Cryptography.HMACSHA256.HashData(Key, System.Text.Encoding.UTF8.GetBytes($"{encoded}\n1800000000"));
        var text = $"SharedAccessSignature sr={encoded}&sig={Uri.EscapeDataString(Convert.ToBase64String(signature))}&se=1800000000";

        SharedAccessSignature.Parse(text).Check(Key, Resource, Now.AddDays(-1)).Should().Be(SharedAccessSignatureCheck.Valid);
    }

    [Fact]
    public void Check_OtherKey_IsWrongSignature() =>
        SharedAccessSignature.Create(Resource, Key, Now).Check("other"u8, Resource, Now.AddDays(-1))
            .Should().Be(SharedAccessSignatureCheck.WrongSignature);

    [Fact]
    public void Check_ChangedExpiry_IsWrongSignature()
    {
        var text = SharedAccessSignature.Create(Resource, Key, Now).ToString().Replace("1800000000", "1900000000", StringComparison.Ordinal);

        SharedAccessSignature.Parse(text).Check(Key, Resource, Now).Should().Be(SharedAccessSignatureCheck.WrongSignature);
    }

    [Fact]
    public void Check_AtExpiry_IsExpired() =>
        SharedAccessSignature.Create(Resource, Key, Now).Check(Key, Resource, Now).Should().Be(SharedAccessSignatureCheck.Expired);

    [Theory]
    [InlineData("contoso.azure-devices.net", SharedAccessSignatureCheck.Valid)]
    [InlineData("CONTOSO.azure-devices.net/devices/mcu-07", SharedAccessSignatureCheck.Valid)]
    [InlineData("contoso.azure-devices.net/devices/MCU-07", SharedAccessSignatureCheck.WrongResource)]
    [InlineData("contoso.azure-devices.net/devices/mcu-0", SharedAccessSignatureCheck.WrongResource)]
    [InlineData("contoso.azure-devices.net/devices/mcu-07/modules/m", SharedAccessSignatureCheck.WrongResource)]
    [InlineData("other.azure-devices.net/devices/mcu-07", SharedAccessSignatureCheck.WrongResource)]
    public void Check_GrantedResource_OpensItselfAndBelow(string granted, SharedAccessSignatureCheck expected) =>
        SharedAccessSignature.Create(granted, Key, Now).Check(Key, Resource, Now.AddDays(-1)).Should().Be(expected);

    [Theory]
    [InlineData("", "*begin with*")]
    [InlineData("Bearer x", "*begin with*")]
    [InlineData("SharedAccessSignature sr=a&sr=b", "*different*")]
    [InlineData("SharedAccessSignature sr=a&se=1", "*no sig*")]
    [InlineData("SharedAccessSignature sig=x&se=1", "*sig*")]
    [InlineData("SharedAccessSignature sr=a&sig=AAAA&se=1", "*32 bytes*")]
    [InlineData("SharedAccessSignature sr=a&sig=AAAA&se=soon", "*seconds*")]
    [InlineData("SharedAccessSignature sr=a&sig=AAAA&se=999999999999999", "*seconds*")]
    public void Parse_Broken_SaysWhichPart(string text, string message)
    {
        var act = () => SharedAccessSignature.Parse(text);

        act.Should().Throw<FormatException>().WithMessage(message);
    }
}
