using EdgeGateway.Firmware.DeviceUpdate.Twins;

namespace EdgeGateway.Firmware.DeviceUpdate.Verification;

/// <summary>Checks who signed an update manifest, before it is parsed.</summary>
public interface IUpdateVerifier
{
    /// <summary>Checks the signature over <see cref="DesiredService.UpdateManifest"/> as received.</summary>
    ValueTask<VerificationResult> VerifyAsync(DesiredService service, CancellationToken cancellationToken);
}
