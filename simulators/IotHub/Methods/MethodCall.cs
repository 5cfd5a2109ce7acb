using System.Text.Json.Nodes;

namespace EdgeGateway.Simulators.IotHub.Methods;

/// <summary>A direct method to be called.</summary>
/// <param name="Name">Name of the method.</param>
/// <param name="Payload">Argument, JSON; null for none.</param>
/// <param name="ResponseTimeout">How long the device may take to answer.</param>
/// <param name="ConnectTimeout">How long to wait for the device to come online.</param>
public sealed record MethodCall(string Name, JsonNode? Payload, TimeSpan ResponseTimeout, TimeSpan ConnectTimeout);
