using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using EdgeGateway.Testing;

namespace EdgeGateway.Deployment.Tests.Manifests;

/// <summary>The configurations of the API proxy are ones that nginx takes.</summary>
public sealed class ApiProxyTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [NginxFact]
    public Task Top_Configuration_IsTakenByNginx() => CheckAsync("top");

    [NginxFact]
    public Task Middle_Configuration_IsTakenByNginx() => CheckAsync("middle");

    private async Task CheckAsync(string layer)
    {
        var file = _folder.File("nginx.conf");
        await File.WriteAllTextAsync(file, $"pid {_folder.File("pid")};\n" + Checkout.Read($"deployment-manifests/api-proxy.{layer}.conf")
            .Replace("${NGINX_DEFAULT_PORT}", "18443").Replace("${TOKEN_VALIDITY_MINUTES}", "30").Replace("${TOKEN_SERVER_PORT}", "3001")
            .Replace("${IOTEDGE_PARENTHOSTNAME}", "parent.example").Replace("/var/cache/nginx", _folder.File("cache")));
        WriteCertificate();

        var (code, output, error) = await Bash.RunAsync($"{NginxFactAttribute.Program} -t -p {_folder.Path} -c {file}");

        code.Should().Be(0, "{0}{1}", output, error);
    }

    private void WriteCertificate()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var certificate = new CertificateRequest("CN=proxy", key, HashAlgorithmName.SHA256)
            .CreateSelfSigned(DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddYears(100));
        File.WriteAllText(_folder.File("server.crt"), certificate.ExportCertificatePem());
        File.WriteAllText(_folder.File("trustedCA.crt"), certificate.ExportCertificatePem());
        File.WriteAllText(_folder.File("private_key_server.pem"), key.ExportPkcs8PrivateKeyPem());
    }
}
