namespace EdgeGateway.Serial.Protocol.Messages;

/// <summary>How a node took a command (wire-protocol.md 4.4).</summary>
public enum ResultCode : byte
{
    Ok = 0,
    Busy = 1,
    NotSupported = 2,
    Malformed = 3,
    WrongTarget = 4,
    TooLarge = 5,
    WrongState = 6,
    DigestMismatch = 7,
    EraseFailed = 8,
    ProgramFailed = 9,
    VersionRefused = 10,
    NothingToRollBack = 11,
    GoBack = 12,
    SignatureRefused = 13,
}
