using EdgeGateway.Firmware.DeviceUpdate.Twins;
using EdgeGateway.Firmware.DeviceUpdate.Verification;

namespace EdgeGateway.Firmware.Tests.Workflow.Support;

internal sealed class FixedVerifier(VerificationOutcome outcome, string text) : IUpdateVerifier
{
    public ValueTask<VerificationResult> VerifyAsync(DesiredService service, CancellationToken cancellationToken) =>
        new(new VerificationResult(outcome, text));
}
