using System.Net.Security;
using System.Security.Cryptography;
using EdgeGateway.Content;
using EdgeGateway.Content.Sources;
using EdgeGateway.Content.Sources.Parents;
using EdgeGateway.Hub.Identity;
using EdgeGateway.Module.Serving.Certificates;

namespace EdgeGateway.Module.Parents;

/// <summary>The certificate that parents are shown: of files, or made by the IoT Edge device for this module.</summary>
internal sealed class ParentCertificate(IModuleIdentitySource module, TimeProvider time)
{
    /// <summary>Life that is asked of the device; it may grant less.</summary>
    private static readonly TimeSpan Lifetime = TimeSpan.FromDays(7);

    private (SslStreamCertificateContext Context, DateTimeOffset Until)? _issued;

    /// <summary>Loads it; null where none is to be shown. Not for several callers at once.</summary>
    /// <exception cref="ContentException">It cannot be had.</exception>
    public async Task<SslStreamCertificateContext?> LoadAsync(ParentOptions options, CancellationToken cancellationToken)
    {
        try
        {
            return options.ClientCertificateFile is { Length: > 0 } file ? await ReadAsync(file, options.ClientKeyFile, cancellationToken)
                : options.UseIdentityCertificate ? await IssueAsync(cancellationToken)
                : null;
        }
        catch (Exception e) when (e is IOException and not ContentException or UnauthorizedAccessException or CryptographicException or WorkloadException)
        {
            throw Missing(e.Message, e);
        }
    }

    private static async Task<SslStreamCertificateContext> ReadAsync(string file, string? keyFile, CancellationToken cancellationToken)
    {
        var certificates = await File.ReadAllTextAsync(file, cancellationToken);
        var key = string.IsNullOrEmpty(keyFile) ? certificates : await File.ReadAllTextAsync(keyFile, cancellationToken);
        return ServerCertificate.FromPem(certificates, key).Context;
    }

    private async Task<SslStreamCertificateContext> IssueAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        if (_issued is { } known && now < known.Until)
        {
            return known.Context;
        }

        var workload = module.Current?.Workload
            ?? throw Missing("Parent:UseIdentityCertificate needs the workload API of an IoT Edge device, which is not there");
        var issued = await workload.CreateIdentityCertificateAsync(now + Lifetime, cancellationToken);
        var certificate = ServerCertificate.FromPem(issued.CertificatePem, issued.PrivateKeyPem);
        _issued = (certificate.Context, now + ((certificate.Ends - now) / 2));
        return certificate.Context;
    }

    private static ContentException Missing(string reason, Exception? inner = null) =>
        new(ContentFailure.NotFound, $"This gateway has no certificate to show to its parent: {reason}", inner) { Refusal = SourceRefusal.Unauthorized };
}
