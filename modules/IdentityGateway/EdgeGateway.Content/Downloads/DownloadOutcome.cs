
namespace EdgeGateway.Content.Downloads;

/// <summary>A download that succeeded.</summary>
/// <param name="Digest">What came.</param>
/// <param name="Size">Its size in bytes.</param>
/// <param name="Validator">What the source gave with it.</param>
/// <param name="OfAddress">True if all bytes are of the address that was asked for, as far as is known.</param>
internal sealed record DownloadOutcome(Sha256Digest Digest, long Size, string? Validator, bool OfAddress);
