namespace EdgeGateway.Simulators.Demo.Fleet;

/// <summary>How the update of one microcontroller stands.</summary>
/// <param name="State">Waiting, done or failed.</param>
/// <param name="Missing">What is not as it should be, in plain words; empty when the update succeeded.</param>
public sealed record Outcome(OutcomeState State, IReadOnlyList<string> Missing);
