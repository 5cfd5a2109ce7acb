namespace EdgeGateway.Firmware.DeviceUpdate.Manifests;

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
