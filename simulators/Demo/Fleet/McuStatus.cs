namespace EdgeGateway.Simulators.Demo.Fleet;

/// <summary>All that is known of one microcontroller at one moment.</summary>
/// <param name="Id">Its id.</param>
/// <param name="From">Version it ran before the deployment.</param>
/// <param name="Twin">What its twin says.</param>
/// <param name="Truth">What it runs.</param>
/// <param name="Outcome">What follows from both.</param>
public sealed record McuStatus(string Id, string From, McuTwin Twin, McuTruth? Truth, Outcome Outcome);
