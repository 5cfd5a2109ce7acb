namespace EdgeGateway.Simulators.Mcu.Host.Faults;

/// <summary>What can be wrong with a microcontroller or its place on a line.</summary>
public enum FaultKind
{
    /// <summary>Answers nothing.</summary>
    Silent,

    /// <summary>Answers random bytes.</summary>
    Garbage,

    /// <summary>An ASCII shell that echoes.</summary>
    Shell,

    /// <summary>A new image never comes up.</summary>
    DeadImage,

    /// <summary>VERIFY finds a changed bit.</summary>
    BitRot,

    /// <summary>Refuses every version.</summary>
    RefuseVersion,

    /// <summary>Refuses every signature.</summary>
    RefuseSignature,

    /// <summary>A cell of the slot cannot be programmed; value: its offset.</summary>
    ProgramFails,

    /// <summary>A block of the slot cannot be erased; value: an offset in it.</summary>
    EraseFails,

    /// <summary>The power fails once when an offset is programmed; value: the offset. It stays off until it is switched on.</summary>
    Cut,

    /// <summary>Tells the serial number of the first microcontroller.</summary>
    DuplicateSerial,

    /// <summary>Has the address of the one before it on its bus.</summary>
    DuplicateAddress,
}
