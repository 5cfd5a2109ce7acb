namespace EdgeGateway.Simulators.IotHub.Registry;

/// <summary>What the registry says about an identity; replaced as a whole at every change.</summary>
/// <param name="GenerationId">Differs when an identity is deleted and made again under its name.</param>
/// <param name="Revision">Counts changes; the etag is made of it.</param>
/// <param name="PrimaryKey">Base64 symmetric key.</param>
/// <param name="SecondaryKey">The second base64 symmetric key, equally good.</param>
/// <param name="Enabled">False: connections are refused.</param>
/// <param name="IotEdge">The identity is an IoT Edge device.</param>
/// <param name="StatusReason">Free text about <paramref name="Enabled"/>.</param>
/// <param name="StatusUpdatedAt">When <paramref name="Enabled"/> last changed.</param>
/// <param name="DeviceScope">An edge device's own scope, or the scope of the edge device a leaf belongs to; null for a leaf without one, and for modules.</param>
/// <param name="ParentScope">Scope of the edge device above; null for none.</param>
public sealed record IdentityRecord(
    string GenerationId,
    long Revision,
    string PrimaryKey,
    string SecondaryKey,
    bool Enabled,
    bool IotEdge,
    string? StatusReason,
    DateTimeOffset StatusUpdatedAt,
    string? DeviceScope = null,
    string? ParentScope = null)
{
    public string ETag => Registry.ETag.From(Revision);
}

/// <summary>What a create or update request asks for; null leaves a value, or takes its default at creation.</summary>
/// <remarks><c>ParentScope</c> is the scope of the edge device above; an empty text takes the identity out of any.</remarks>
public sealed record IdentityChange(
    string? PrimaryKey = null,
    string? SecondaryKey = null,
    bool? Enabled = null,
    string? StatusReason = null,
    bool? IotEdge = null,
    string? ParentScope = null);
