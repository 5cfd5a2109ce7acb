namespace EdgeGateway.Simulators.Demo.Reporting;

/// <summary>What one link between two layers has carried.</summary>
/// <param name="Name">Its two ends, such as "top-middle".</param>
/// <param name="ImageBytes">Bytes of images that had to come down it.</param>
/// <param name="Bytes">Bytes that came down it, with TLS and HTTP.</param>
public sealed record LinkReport(string Name, long ImageBytes, long Bytes);
