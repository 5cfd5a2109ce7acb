namespace EdgeGateway.Module.Serving.Certificates;

/// <summary>Stands where plain HTTP alone is served.</summary>
internal sealed class NoCertificateSource : ICertificateSource
{
    public bool IsDue(ServerCertificate current, DateTimeOffset now) => false;

    public Task<ServerCertificate> LoadAsync(CancellationToken cancellationToken) =>
        Task.FromException<ServerCertificate>(new CertificateException("Neither files nor the workload API give a certificate."));
}
