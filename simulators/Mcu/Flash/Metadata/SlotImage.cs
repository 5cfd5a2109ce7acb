namespace EdgeGateway.Simulators.Mcu.Flash.Metadata;

/// <summary>A whole image in a slot.</summary>
/// <param name="Size">Bytes.</param>
/// <param name="Digest">SHA-256 of those bytes.</param>
/// <param name="Version">What it is called.</param>
/// <param name="Proven">It has run confirmed: the node may go back to it.</param>
public sealed record SlotImage(int Size, Sha256Digest Digest, string Version, bool Proven);
