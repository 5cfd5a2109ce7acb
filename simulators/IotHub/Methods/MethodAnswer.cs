using System.Text.Json.Nodes;

namespace EdgeGateway.Simulators.IotHub.Methods;

/// <summary>A device's answer to a direct method.</summary>
/// <param name="Status">Status the device chose.</param>
/// <param name="Payload">JSON; null for none.</param>
public sealed record MethodAnswer(int Status, JsonNode? Payload);
