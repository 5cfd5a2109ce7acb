namespace EdgeGateway.Hub.Identity;

/// <summary>A certificate that the IoT Edge security daemon made, with its key.</summary>
/// <param name="CertificatePem">The certificate, then those that vouch for it, as PEM.</param>
/// <param name="PrivateKeyPem">Its private key, as PEM. A secret.</param>
public sealed record IssuedCertificate(string CertificatePem, string PrivateKeyPem)
{
    /// <summary>Never the key.</summary>
    public override string ToString() => "certificate of the IoT Edge security daemon";
}
