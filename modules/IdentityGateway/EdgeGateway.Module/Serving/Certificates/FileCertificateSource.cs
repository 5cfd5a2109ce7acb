using System.Security.Cryptography;

namespace EdgeGateway.Module.Serving.Certificates;

/// <summary>The certificate of two PEM files, read again when one of them changes.</summary>
internal sealed class FileCertificateSource(string certificateFile, string keyFile) : ICertificateSource
{
    private (DateTime Certificate, DateTime Key) _read;

    public bool IsDue(ServerCertificate current, DateTimeOffset now) => Written() != _read;

    public async Task<ServerCertificate> LoadAsync(CancellationToken cancellationToken)
    {
        try
        {
            var written = Written();
            var certificate = ServerCertificate.FromPem(
                await File.ReadAllTextAsync(certificateFile, cancellationToken), await File.ReadAllTextAsync(keyFile, cancellationToken));
            _read = written;
            return certificate;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or CryptographicException)
        {
            throw new CertificateException($"The certificate '{certificateFile}' with the key '{keyFile}' cannot be used: {e.Message}", e);
        }
    }

    private (DateTime Certificate, DateTime Key) Written() => (File.GetLastWriteTimeUtc(certificateFile), File.GetLastWriteTimeUtc(keyFile));
}
