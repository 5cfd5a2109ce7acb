namespace EdgeGateway.Simulators.Mcu.Flash.Metadata;

/// <summary>The offer journal: an image on its way into a slot.</summary>
/// <param name="Slot">Where it goes.</param>
/// <param name="Size">Bytes of the whole image.</param>
/// <param name="Digest">SHA-256 of the whole image.</param>
/// <param name="Version">What it is called.</param>
/// <param name="Committed">Leading bytes known to be programmed: a multiple of the erase block, or all.</param>
public sealed record PartialImage(Slot Slot, int Size, Sha256Digest Digest, string Version, int Committed);
