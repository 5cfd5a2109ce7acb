namespace EdgeGateway.Simulators.IotHub.Registry;

/// <summary>What a create or update request asks for; null leaves a value, or takes its default at creation.</summary>
/// <remarks><c>ParentScope</c> is the scope of the edge device above; an empty text takes the identity out of any.</remarks>
public sealed record IdentityChange(
    string? PrimaryKey = null,
    string? SecondaryKey = null,
    bool? Enabled = null,
    string? StatusReason = null,
    bool? IotEdge = null,
    string? ParentScope = null);
