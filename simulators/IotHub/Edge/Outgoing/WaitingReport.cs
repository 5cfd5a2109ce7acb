using System.Text.Json.Nodes;

namespace EdgeGateway.Simulators.IotHub.Edge.Outgoing;

/// <summary>A reported patch that the hub above does not have yet.</summary>
/// <param name="Sequence">Order of arrival; of several patches folded into one, the last one's.</param>
/// <param name="Patch">JSON merge patch.</param>
internal sealed record WaitingReport(long Sequence, JsonObject Patch);
