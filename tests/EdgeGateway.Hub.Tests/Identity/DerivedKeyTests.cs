using EdgeGateway.Hub.Identity;

namespace EdgeGateway.Hub.Tests.Identity;

public sealed class DerivedKeyTests
{
    [Fact]
    public void ComputeBase64_KnownGroupKey_GivesTheKeyOpenSslGives() =>
        // printf 'mcu-07' | openssl dgst -sha256 -hmac 0123456789abcdef0123456789abcdef -binary | base64
        DerivedKey.ComputeBase64("0123456789abcdef0123456789abcdef"u8, "mcu-07").Should().Be("J6hYA4ZjbBpooUD7Q10I8KKHgwNkVNiqjTpP8da7IeA=");
}
