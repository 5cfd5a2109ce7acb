using System.Security.Cryptography.X509Certificates;
using EdgeGateway.Simulators.IotHub.Security;
using EdgeGateway.Testing;

namespace EdgeGateway.Simulators.IotHub.Tests.Security;

public sealed class DevelopmentAuthorityTests
{
    [Fact]
    public void LoadOrCreate_SecondTime_IsTheSame()
    {
        using var folder = new TempFolder();
        using var first = DevelopmentAuthority.LoadOrCreate(folder.Path);
        using var second = DevelopmentAuthority.LoadOrCreate(folder.Path);

        second.Certificate.Thumbprint.Should().Be(first.Certificate.Thumbprint);
        second.CertificateFile.Should().Be(folder.File("ca.pem"));
        File.ReadAllText(second.CertificateFile).Should().NotContain("PRIVATE");
    }

    [Fact]
    public async Task LoadOrCreate_ManyAtOnce_AgreeOnOne()
    {
        using var folder = new TempFolder();

        var authorities = await Task.WhenAll(
            Enumerable.Range(0, 8).Select(_ => Task.Run(() => DevelopmentAuthority.LoadOrCreate(folder.Path))));

        authorities.Select(a => a.Certificate.Thumbprint).Distinct().Should().ContainSingle();
        Directory.GetFiles(folder.Path).Select(Path.GetFileName).Should().BeEquivalentTo("authority.pem", "ca.pem");
        Array.ForEach(authorities, a => a.Dispose());
    }

    [Fact]
    public void LoadOrCreate_KeyFile_IsForItsOwnerOnly()
    {
        using var folder = new TempFolder();
        using var authority = DevelopmentAuthority.LoadOrCreate(folder.Path);

        if (!OperatingSystem.IsWindows())
        {
            File.GetUnixFileMode(folder.File("authority.pem")).Should().Be(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }
    }

    [Fact]
    public void IssueServer_Names_AreGoodForAuthority()
    {
        using var folder = new TempFolder();
        using var authority = DevelopmentAuthority.LoadOrCreate(folder.Path);
        using var server = authority.IssueServer(["hub.local", "localhost", "127.0.0.1", "127.0.0.5"]);
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.CustomTrustStore.ImportFromPemFile(authority.CertificateFile);

        chain.Build(server).Should().BeTrue();
        server.HasPrivateKey.Should().BeTrue();
        foreach (var name in new[] { "hub.local", "localhost", "127.0.0.1", "127.0.0.5" })
        {
            server.MatchesHostname(name).Should().BeTrue(name);
        }

        server.MatchesHostname("127.0.0.6").Should().BeFalse();
    }
}
