namespace EdgeGateway.Firmware.Workflow.Local;

/// <summary>Answer to an order given at the gateway itself, past the twin.</summary>
/// <param name="Outcome">How it was taken.</param>
/// <param name="Text">The same in plain words.</param>
/// <param name="WorkflowId">The deployment it is about; null for none.</param>
public sealed record LocalVerdict(LocalOutcome Outcome, string Text, string? WorkflowId = null);
