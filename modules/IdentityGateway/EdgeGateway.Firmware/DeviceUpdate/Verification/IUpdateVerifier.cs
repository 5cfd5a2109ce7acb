using EdgeGateway.Firmware.DeviceUpdate.Twins;

namespace EdgeGateway.Firmware.DeviceUpdate.Verification;

/// <summary>Checks who signed an update manifest, before it is parsed.</summary>
public interface IUpdateVerifier
{
    /// <summary>Checks the signature over <see cref="DesiredService.UpdateManifest"/> as received.</summary>
    ValueTask<VerificationResult> VerifyAsync(DesiredService service, CancellationToken cancellationToken);
}

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

/// <summary>What a check of a signature found.</summary>
public enum VerificationOutcome
{
    /// <summary>There is no signature, or this gateway cannot check it. The update runs only where unsigned updates are allowed.</summary>
    Unverified,

    /// <summary>Signed by a key that is trusted.</summary>
    Verified,

    /// <summary>The signature is wrong, or its key is not trusted. Never runs.</summary>
    Invalid,
}

/// <summary>What a check of a signature found, and why.</summary>
/// <param name="Outcome">What was found.</param>
/// <param name="Text">The reason in plain words; empty where verified.</param>
public sealed record VerificationResult(VerificationOutcome Outcome, string Text);
