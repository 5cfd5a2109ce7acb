namespace EdgeGateway.Firmware.Workflow;

/// <summary>
/// Why an update failed or is held up. The names reach the twin and never change; docs/failure-reasons.md explains each to an operator.
/// </summary>
public enum FailureReason
{
    None = 0,

    // the order
    ManifestInvalid = 0x101,
    ManifestUnsupported = 0x102,
    SignatureMissing = 0x103,
    WrongTarget = 0x104,
    TooLargeForSlot = 0x105,
    ImageTooLarge = 0x106,
    SignatureInvalid = 0x107,

    // the content
    ContentNotFound = 0x201,
    ContentUnreachable = 0x202,
    ContentTooSlow = 0x203,
    ContentWrongSize = 0x204,
    ContentWrongDigest = 0x205,
    StoreFull = 0x206,
    DiskError = 0x207,

    // the line
    PortMissing = 0x301,
    PortBusy = 0x302,
    PortNoPermission = 0x303,
    PortUnplugged = 0x304,
    PortBadSettings = 0x305,
    PortIo = 0x306,

    // the microcontroller
    McuSilent = 0x401,
    McuGarbled = 0x402,
    McuAddressConflict = 0x403,
    McuNotSupported = 0x404,
    McuSessionLost = 0x405,
    McuDigestMismatch = 0x406,
    McuFlashFailed = 0x407,
    McuRefused = 0x408,
    McuProtocolViolation = 0x409,

    // after activation
    RolledBack = 0x501,
    NotBackAfterBoot = 0x502,
    WrongImageAfterBoot = 0x503,

    // the order again
    Cancelled = 0x601,
    Internal = 0x701,
}
