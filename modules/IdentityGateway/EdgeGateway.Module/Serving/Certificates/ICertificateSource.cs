namespace EdgeGateway.Module.Serving.Certificates;

/// <summary>Where the endpoint's certificate comes from.</summary>
internal interface ICertificateSource
{
    /// <summary>True where a newer certificate should be loaded in the place of the one in use.</summary>
    bool IsDue(ServerCertificate current, DateTimeOffset now);

    /// <summary>Loads it.</summary>
    /// <exception cref="CertificateException">It cannot be had now.</exception>
    Task<ServerCertificate> LoadAsync(CancellationToken cancellationToken);
}
