namespace EdgeGateway.Firmware.DeviceUpdate.Verification;

/// <summary>What a check of a signature found, and why.</summary>
/// <param name="Outcome">What was found.</param>
/// <param name="Text">The reason in plain words; empty where verified.</param>
public sealed record VerificationResult(VerificationOutcome Outcome, string Text);
