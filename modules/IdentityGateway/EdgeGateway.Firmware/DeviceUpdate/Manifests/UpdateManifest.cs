namespace EdgeGateway.Firmware.DeviceUpdate.Manifests;

/// <summary>An update manifest of version 4 or 5, as the service puts it into the twin (contract 2.1).</summary>
public sealed record UpdateManifest
{
    public required int Version { get; init; }

    public required UpdateId UpdateId { get; init; }

    /// <summary>Which devices it is for: one of these maps must fit. Empty in a mini manifest.</summary>
    public IReadOnlyList<IReadOnlyDictionary<string, string>> Compatibility { get; init; } = [];

    /// <summary>What is to be done, in order. Empty in a mini manifest.</summary>
    public IReadOnlyList<ManifestStep> Steps { get; init; } = [];

    /// <summary>The files, by file id.</summary>
    public required IReadOnlyDictionary<string, ManifestFile> Files { get; init; }

    /// <summary>The file that holds the real manifest, where this is only a mini manifest; else null.</summary>
    public string? DetachedManifestFileId { get; init; }
}

/// <summary>A file that a manifest binds by size and digest.</summary>
/// <param name="Id">Its key in the manifest and in <c>fileUrls</c>.</param>
/// <param name="Name">Its name, for people.</param>
/// <param name="Size">Its size in bytes, 1 to 2 GiB.</param>
/// <param name="Digest">Its SHA-256.</param>
public sealed record ManifestFile(string Id, string Name, long Size, Sha256Digest Digest)
{
    /// <summary>Files from which it may be built, such as differences to an older version.</summary>
    public IReadOnlyList<ManifestFile> RelatedFiles { get; init; } = [];

    /// <summary>Gets the download handler that can build the file from <see cref="RelatedFiles"/>; null where none is named.</summary>
    public string? DownloadHandler { get; init; }
}

/// <summary>One step of a manifest.</summary>
public sealed record ManifestStep
{
    /// <summary>Who carries it out; null for a reference to another manifest.</summary>
    public string? Handler { get; init; }

    /// <summary>Ids of the files it uses.</summary>
    public IReadOnlyList<string> Files { get; init; } = [];

    /// <summary>
    /// Version that shows that the step is done (<c>handlerProperties.installedCriteria</c>, a convention); null where absent.
    /// </summary>
    public string? InstalledCriteria { get; init; }

    /// <summary>The manifest that this step stands for; null for an inline step.</summary>
    public string? ReferencedManifestFileId { get; init; }
}
