using System.Text.Json.Nodes;

namespace EdgeGateway.Hub.Connections;

/// <summary>A direct method call.</summary>
/// <param name="Name">Name of the method.</param>
/// <param name="Payload">Argument; null where none was given.</param>
public sealed record MethodRequest(string Name, JsonNode? Payload);
