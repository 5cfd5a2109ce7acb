namespace EdgeGateway.Simulators.Demo.Running;

/// <summary>How a gateway serves content to those below.</summary>
/// <param name="Port">HTTPS port.</param>
/// <param name="CertificateFile">Its certificate, PEM.</param>
/// <param name="KeyFile">Key of the certificate, PEM.</param>
/// <param name="ChildKeysFile">Keys of the gateways below.</param>
/// <param name="Origins">Hosts it may download from for them.</param>
public sealed record EndpointSettings(
    int Port, string CertificateFile, string KeyFile, string ChildKeysFile, IReadOnlyList<string> Origins);
