using EdgeGateway.Firmware.DeviceUpdate.Twins;

namespace EdgeGateway.Firmware.DeviceUpdate.Verification;

/// <summary>Checks nothing and says so: every update is unverified, and runs only where unsigned updates are allowed.</summary>
public sealed class NoSignatureVerifier : IUpdateVerifier
{
    public ValueTask<VerificationResult> VerifyAsync(DesiredService service, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(service);
        return new(new VerificationResult(
            VerificationOutcome.Unverified,
            service.UpdateManifestSignature is null
                ? "the update manifest has no signature"
                : "this gateway does not check signatures"));
    }
}
