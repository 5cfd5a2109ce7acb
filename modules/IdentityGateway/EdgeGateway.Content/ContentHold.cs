
namespace EdgeGateway.Content;

/// <summary>Content that is present and kept for later.</summary>
/// <param name="Digest">What it is.</param>
/// <param name="Size">Its size in bytes.</param>
/// <param name="Until">When the hold ends by itself.</param>
public sealed record ContentHold(Sha256Digest Digest, long Size, DateTimeOffset Until);
