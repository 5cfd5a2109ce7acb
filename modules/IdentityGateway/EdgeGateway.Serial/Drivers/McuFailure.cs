namespace EdgeGateway.Serial.Drivers;

/// <summary>Why a microcontroller did not do what it was asked.</summary>
public enum McuFailure
{
    /// <summary>No answer at all.</summary>
    Silent,

    /// <summary>Bytes came, but no valid frame: another protocol, another baud rate, or noise.</summary>
    Garbled,

    /// <summary>Two microcontrollers answer at one address.</summary>
    AddressConflict,

    /// <summary>No protocol version in common, or a command it does not know.</summary>
    NotSupported,

    /// <summary>The image is made for another vendor or class.</summary>
    WrongTarget,

    /// <summary>The image does not fit the slot.</summary>
    TooLarge,

    /// <summary>The session is gone, as after a reset: offer again.</summary>
    SessionLost,

    /// <summary>What arrived in flash is not what was announced.</summary>
    DigestMismatch,

    /// <summary>Flash could not be erased or programmed.</summary>
    FlashFailed,

    /// <summary>The microcontroller's own policy refuses the version or the signature.</summary>
    Refused,

    /// <summary>There is no image to go back to.</summary>
    NothingToRollBack,

    /// <summary>An answer that breaks the protocol.</summary>
    ProtocolViolation,
}

/// <summary>A microcontroller refused, was silent, or answered nonsense; <see cref="Failure"/> says which.</summary>
public sealed class McuException(McuFailure failure, string message, Exception? inner = null) : Exception(message, inner)
{
    public McuFailure Failure { get; } = failure;
}
