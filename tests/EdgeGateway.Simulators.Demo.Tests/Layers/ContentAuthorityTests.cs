using System.Security.Cryptography.X509Certificates;
using EdgeGateway.Simulators.Demo.Layers;
using EdgeGateway.Testing;

namespace EdgeGateway.Simulators.Demo.Tests.Layers;

public sealed class ContentAuthorityTests : IDisposable
{
    private readonly TempFolder _folder = new();

    [Fact]
    public void Issue_Certificate_IsOfTheRootAndForThisMachine()
    {
        using var authority = new ContentAuthority(_folder.File("root.pem"), TimeProvider.System);

        authority.Issue(_folder.File("content.pem"), _folder.File("content.key"));

        using var root = X509CertificateLoader.LoadCertificateFromFile(_folder.File("root.pem"));
        using var certificate = X509Certificate2.CreateFromPemFile(_folder.File("content.pem"), _folder.File("content.key"));
        certificate.HasPrivateKey.Should().BeTrue();
        certificate.MatchesHostname("localhost").Should().BeTrue();
        certificate.MatchesHostname("127.0.0.1").Should().BeTrue();
        using var chain = new X509Chain
        {
            ChainPolicy = { TrustMode = X509ChainTrustMode.CustomRootTrust, CustomTrustStore = { root }, RevocationMode = X509RevocationMode.NoCheck },
        };
        chain.Build(certificate).Should().BeTrue();
    }

    public void Dispose() => _folder.Dispose();
}
