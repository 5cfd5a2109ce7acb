using System.Text.Json.Nodes;

namespace EdgeGateway.Hub.Connections;

/// <summary>Answer to a direct method.</summary>
/// <param name="Status">As an HTTP status: 200 done, 4xx the caller's mistake, 5xx ours.</param>
/// <param name="Payload">Result; null for none.</param>
public sealed record MethodResponse(int Status, JsonNode? Payload = null);
