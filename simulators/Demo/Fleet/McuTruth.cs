namespace EdgeGateway.Simulators.Demo.Fleet;

/// <summary>What a microcontroller really runs: read from the simulator's own state on disk, past the gateway and the hub.</summary>
/// <param name="Version">Version of the running image.</param>
/// <param name="Digest">SHA-256 of the running image, lower-case hex.</param>
/// <param name="BootState">"confirmed" once the image is permanent.</param>
public sealed record McuTruth(string Version, string Digest, string BootState)
{
    public bool IsConfirmed => string.Equals(BootState, "confirmed", StringComparison.OrdinalIgnoreCase);
}
