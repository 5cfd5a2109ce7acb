namespace EdgeGateway.Simulators.IotHub.Registry;

/// <summary>The registry entry of an identity; replaced as a whole at every change.</summary>
/// <param name="GenerationId">Changes when an identity is deleted and created again under its name.</param>
/// <param name="Revision">Counts changes; the etag is made of it.</param>
/// <param name="PrimaryKey">Base64 symmetric key.</param>
/// <param name="SecondaryKey">The second base64 symmetric key, which is accepted as well.</param>
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

/// <summary>A request to create or update an identity; null leaves a value unchanged, or selects its default at creation.</summary>
/// <remarks><c>ParentScope</c> is the scope of the edge device above; an empty text removes the identity from its scope.</remarks>
public sealed record IdentityChange(
    string? PrimaryKey = null,
    string? SecondaryKey = null,
    bool? Enabled = null,
    string? StatusReason = null,
    bool? IotEdge = null,
    string? ParentScope = null);
