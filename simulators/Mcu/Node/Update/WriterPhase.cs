namespace EdgeGateway.Simulators.Mcu.Node.Update;

/// <summary>What a <see cref="SlotWriter"/> is at.</summary>
internal enum WriterPhase
{
    /// <summary>Nothing: no image, or one that was only announced.</summary>
    Idle,

    /// <summary>Erases what is not kept.</summary>
    Erasing,

    /// <summary>Takes bytes and programs them.</summary>
    Receiving,

    /// <summary>Every byte is in flash.</summary>
    Complete,

    /// <summary>A block did not read blank after its erase.</summary>
    EraseFailed,

    /// <summary>A page did not read back what was programmed.</summary>
    ProgramFailed,
}
