using System.Security.Cryptography.X509Certificates;
using EdgeGateway.Simulators.IotHub.Hosting;
using EdgeGateway.Simulators.IotHub.Security;
using EdgeGateway.Testing;

namespace EdgeGateway.Simulators.IotHub.Tests.Security;

public sealed class ServerCertificateTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Create_SharedAuthority_OneFileIsTrustedForBoth()
    {
        using var first = ServerCertificate.Create(new IotHubSimulatorOptions { HostName = "one" }, _folder.File("one"));
        using var second = ServerCertificate.Create(
            new IotHubSimulatorOptions { HostName = "two", AuthorityFile = Path.Combine(_folder.File("one"), "authority.pem") }, _folder.File("two"));

        File.ReadAllText(second.CaFile).Should().Be(File.ReadAllText(first.CaFile));
        Trusts(first.CaFile, second.Certificate).Should().BeTrue();
    }

    [Fact]
    public void Create_OwnAuthorities_AreNotTrustedForEachOther()
    {
        using var first = ServerCertificate.Create(new IotHubSimulatorOptions(), _folder.File("one"));
        using var second = ServerCertificate.Create(new IotHubSimulatorOptions(), _folder.File("two"));

        Trusts(first.CaFile, second.Certificate).Should().BeFalse();
    }

    [Fact]
    public void Create_GivenCertificate_IsUsed()
    {
        using var authority = DevelopmentAuthority.LoadOrCreate(_folder.File("ca"));
        using var issued = authority.IssueServer(["given.test"]);
        File.WriteAllText(_folder.File("given.pem"), issued.ExportCertificatePem() + "\n" + authority.Certificate.ExportCertificatePem());
        File.WriteAllText(_folder.File("given.key"), issued.GetECDsaPrivateKey()!.ExportPkcs8PrivateKeyPem());

        using var server = ServerCertificate.Create(
            new IotHubSimulatorOptions { CertificateFile = _folder.File("given.pem"), CertificateKeyFile = _folder.File("given.key") }, _folder.File("x"));

        server.Certificate.Thumbprint.Should().Be(issued.Thumbprint);
        server.Certificate.HasPrivateKey.Should().BeTrue();
        server.Chain.Single().Thumbprint.Should().Be(authority.Certificate.Thumbprint);
    }

    [Fact]
    public void Create_NoCertificate_SaysSo()
    {
        File.WriteAllText(_folder.File("given.pem"), "nonsense");

        FluentActions.Invoking(() => ServerCertificate.Create(new IotHubSimulatorOptions { CertificateFile = _folder.File("given.pem") }, _folder.File("x")))
            .Should().Throw<InvalidDataException>().WithMessage("*certificate*");
    }

    private static bool Trusts(string caFile, X509Certificate2 certificate)
    {
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.CustomTrustStore.ImportFromPemFile(caFile);
        return chain.Build(certificate);
    }
}
