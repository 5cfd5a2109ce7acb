namespace EdgeGateway.Firmware.Workflow.Failures;

/// <summary>A step's failure: stable reason, plain words, and what follows from it.</summary>
internal sealed record Failure(FailureReason Reason, string Text, FailureKind Kind);
