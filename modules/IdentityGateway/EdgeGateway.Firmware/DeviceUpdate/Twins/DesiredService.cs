namespace EdgeGateway.Firmware.DeviceUpdate.Twins;

/// <summary>The desired <c>deviceUpdate.service</c> of a twin: one order with all it needs.</summary>
public sealed record DesiredService
{
    public required WorkflowOrder Workflow { get; init; }

    /// <summary>The update manifest exactly as received: its bytes are what is signed.</summary>
    public string? UpdateManifest { get; init; }

    /// <summary>The signature over <see cref="UpdateManifest"/>, a compact JWS.</summary>
    public string? UpdateManifestSignature { get; init; }

    /// <summary>Where each file of the manifest can be downloaded, by file id. Not signed.</summary>
    public IReadOnlyDictionary<string, string> FileUrls { get; init; } = new Dictionary<string, string>();

    /// <summary>Where the package of root keys can be downloaded.</summary>
    public string? RootKeyPackageUrl { get; init; }

    /// <summary>Mistakes outside <see cref="Workflow"/>: the order is known, but cannot be carried out.</summary>
    public IReadOnlyList<FieldError> Errors { get; init; } = [];
}
