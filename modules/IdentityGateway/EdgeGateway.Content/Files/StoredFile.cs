
namespace EdgeGateway.Content.Files;

/// <summary>Content, whole or in part, found in the folder at start.</summary>
/// <param name="Digest">Its name.</param>
/// <param name="Bytes">Its length on disk.</param>
/// <param name="Complete">False for a download that broke off.</param>
/// <param name="LastUsed">Last use in UTC.</param>
internal sealed record StoredFile(Sha256Digest Digest, long Bytes, bool Complete, DateTime LastUsed);
