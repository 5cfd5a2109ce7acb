namespace EdgeGateway.Firmware.DeviceUpdate.Manifests;

/// <summary>A file that a manifest binds by size and digest.</summary>
/// <param name="Id">Its key in the manifest and in <c>fileUrls</c>.</param>
/// <param name="Name">Its name, for people.</param>
/// <param name="Size">Its size in bytes, 1 to 2 GiB.</param>
/// <param name="Digest">Its SHA-256.</param>
public sealed record ManifestFile(string Id, string Name, long Size, Sha256Digest Digest)
{
    /// <summary>Files from which it may be built, such as differences to an older version.</summary>
    public IReadOnlyList<ManifestFile> RelatedFiles { get; init; } = [];

    /// <summary>Who can build it from <see cref="RelatedFiles"/>; null where nobody is named.</summary>
    public string? DownloadHandler { get; init; }
}
