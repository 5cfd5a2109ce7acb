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
