namespace EdgeGateway.Simulators.Demo.Layers;

/// <summary>What has come down one content link so far.</summary>
/// <param name="Name">Its two ends, such as "top-middle".</param>
/// <param name="Bytes">Bytes, with TLS and HTTP.</param>
public sealed record LinkTraffic(string Name, long Bytes);
