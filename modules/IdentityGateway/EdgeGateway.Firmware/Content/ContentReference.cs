using EdgeGateway.Serial;

namespace EdgeGateway.Firmware.Content;

/// <summary>Content that somebody wants.</summary>
/// <param name="Digest">What it is.</param>
/// <param name="Size">Its size in bytes, 1 or more.</param>
/// <param name="Origin">Where it can be downloaded; null where only the store or a parent may have it.</param>
public sealed record ContentReference(Sha256Digest Digest, long Size, Uri? Origin);
