using EdgeGateway.Simulators.Demo.Hub;

namespace EdgeGateway.Simulators.Demo.Tests.Hub;

public sealed class SasTokenTests
{
    [Fact]
    public void Create_KnownKey_HasTheSignatureOpensslComputes() =>

        // printf 'hub.test\n1800000000' | openssl dgst -sha256 -mac HMAC -macopt key:secret -binary | base64
        SasToken.Create(
                new IotHubConnectionString("hub.test", "iothubowner", "c2VjcmV0"), DateTimeOffset.FromUnixTimeSeconds(1_800_000_000))
            .Should().Be("SharedAccessSignature sr=hub.test"
                + "&sig=W%2BqC8DMR%2B%2F0DSrX74m2%2B5T1GtcnfW1%2B7jz3Eegthy8Q%3D&se=1800000000&skn=iothubowner");

    [Fact]
    public void Derive_DeviceId_HasTheKeyOpensslComputes() =>

        // printf 'mcu-01' | openssl dgst -sha256 -mac HMAC -macopt key:secret -binary | base64
        DeviceKey.Derive("c2VjcmV0", "mcu-01").Should().Be("A3pdG8oGh+CdP3JZ6F22C9HrY0Wgh5OpVTZgD8Hhwf0=");
}
