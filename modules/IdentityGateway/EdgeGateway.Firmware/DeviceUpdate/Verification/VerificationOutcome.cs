namespace EdgeGateway.Firmware.DeviceUpdate.Verification;

/// <summary>What a check of a signature found.</summary>
public enum VerificationOutcome
{
    /// <summary>There is no signature, or nobody here can check it. Runs only where unsigned updates are allowed.</summary>
    Unverified,

    /// <summary>Signed by a key that is trusted.</summary>
    Verified,

    /// <summary>The signature is wrong, or its key is not trusted. Never runs.</summary>
    Invalid,
}
