using EdgeGateway.Module.Serving.Access;

namespace EdgeGateway.Module.Serving.Requests;

/// <summary>A request that is not served.</summary>
/// <param name="Status">HTTP status.</param>
/// <param name="Text">Why, for who asked.</param>
/// <param name="Denial">Where the refusal counts as denied access: why.</param>
internal sealed record Refusal(int Status, string Text, AccessDenial? Denial = null);
